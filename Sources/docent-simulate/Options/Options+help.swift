extension Options {
    /// The page of `--help`.
    static let help = """
        Usage: docent-simulate [OPTIONS]

        Imitates the services of language models, so that a run can be rehearsed without a key: OpenAI Chat
        Completions and Responses, Azure OpenAI, Anthropic Messages, Gemini and Cohere, whole and streaming, with
        faults on demand. Prints its address as one line; ends at Ctrl-C.

          --port N               port to listen on; 0 takes a free one (default: 8080)
          --host ADDRESS         address to listen on (default: 127.0.0.1)
          --script FILE          answers from a JSON file
          --rules LIST           how to answer what no script does: schema, tools, tools-always, ping, words, hash,
                                 echo; the first that applies does (default: schema,tools,ping,words,echo)
          --seed N               seed of faults and latencies (default: 0)
          --latency-ms M[:P95]   time to the first byte: median and 95th percentile (default: 0)
          --fault KIND=RATE      share of requests, from 0 to 1, that meet a fault; may be given several times
          --fault-by WHAT        what faults depend on: number of the request, or text of the user (default: number)
          --tokens-per-second N  pace of streams (default: as fast as possible)
          --key KEY              the only key that is accepted (default: any)
          --threads N            threads that answer (default: 2)
          --log                  a line to standard error for each request
          --version              print the version
          --help                 print this page

        Faults: a status (400 401 402 403 404 405 408 409 413 422 429 498 499 500 502 503 504 529), refuse, reset,
        close, cut, silence, stall, drip, delay, truncated, html, content-type, empty, stream-error, duplicate,
        reorder, noise; a parameter follows a semicolon: '429;2=0.1'. One request asks for a fault by the header
        'x-simulate-fault: 429;2' or by the model name 'fault-429;2'.

        Exit codes:
          0    ended by Ctrl-C or SIGTERM; or the help or the version was shown
          1    it cannot run: the address cannot be listened on, standard output cannot be written, …
          2    the command line or the script is wrong

        Example: docent-simulate --port 0 --fault '429;0.5=0.05' --fault reset=0.01 --latency-ms 80:400

        """
}
