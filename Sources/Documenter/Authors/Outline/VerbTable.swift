/// The verbs with which names begin, and the words behind which no article stands.
enum VerbTable {
    /// Whether a word is a verb in the imperative that names begin with.
    static func isVerb(_ word: String) -> Bool { verbs.contains(word) || ambiguous.contains(word) }

    /// Whether a word alone, with nothing behind it, is surely meant as a verb.
    static func isClearVerb(_ word: String) -> Bool { verbs.contains(word) }

    /// The imperative of a verb in the third person or the imperative; `nil` for other words.
    static func imperative(of word: String) -> String? {
        let word = word.lowercased()
        if isClearVerb(word) { return word }
        var candidates: [String] = []
        if word.hasSuffix("ies") { candidates.append(word.dropLast(3) + "y") }
        if word.hasSuffix("es") { candidates.append(String(word.dropLast(2))) }
        if word.hasSuffix("s") { candidates.append(String(word.dropLast())) }
        return candidates.first(where: isClearVerb)
    }

    private static func table(_ text: String) -> Set<String> { Set(text.split { $0.isWhitespace }.map(String.init)) }

    private static let verbs = table(
        """
        abort accept acquire activate add adjust advance align allocate allow analyze annotate append apply approve
        arrange ask assemble assert assign attach authenticate authorize bind blend block bootstrap broadcast build bump
        calculate call cancel capture cast change check choose clamp clean clear click clip clone close coerce collapse
        collect combine commit compare compile complete compose compress compute concatenate configure confirm connect
        construct consume convert copy correct create crop deactivate deallocate debug decode decompress decorate
        decrease decrement decrypt deduce define delete deny deprecate dequeue derive describe deserialize destroy
        detach detect determine disable discard disconnect discover dispatch display divide download draw drop dump
        duplicate edit emit empty emulate enable encode encrypt enqueue ensure enter enumerate erase escape establish
        estimate evaluate examine exclude execute exit expand expect explain export expose extend extract fail fetch
        fill finalize find finish fix flatten flip flush fold force forget format forward freeze gather generate get
        give grab grant group grow guess handle hide highlight identify ignore import include increase increment
        indent infer inherit initialize inject insert inspect install instantiate interpolate interpret intersect
        invalidate invert invoke isolate iterate join keep kill launch leave limit list listen load locate lock log
        lookup lower make mark mask match measure merge migrate minimize mock modify monitor mount move multiply mutate
        negate normalize notify obtain open optimize override overwrite pack pad paint parse partition paste patch pause
        peek perform permute persist pick ping plot poll pop populate post predict prepare prepend preserve prevent
        print process produce prompt propagate provide prune publish pull purge push put quantize query quit quote
        raise randomize reach read rebuild receive recompute reconnect record recover recreate redirect redraw reduce
        refresh register reject release reload remove rename render reorder repair repeat replace reply report
        request require reraise reset reshape resize resolve respond restart restore restrict resume retain retrieve
        retry return reverse revert revoke rewind rewrite roll rotate round run sanitize save scan schedule scroll
        search seek select send serialize serve set setup shift show shrink shuffle shutdown sign simplify simulate skip
        sleep slice smooth solve sort spawn specify split squeeze start stop store stream strip submit subscribe
        substitute subtract suggest sum summarize suppress suspend swap switch synchronize tag take tear tell
        terminate test throw toggle tokenize touch track train transfer transform translate transpose traverse trigger
        trim truncate try tune unbind undo unescape unfold uninstall unlink unload unlock unmount unpack unpatch
        unpickle unquote unregister unset unsubscribe untag unwrap unzip update upgrade upload upsert use validate
        verify visit wait wake walk warn watch withdraw wrap write yield zip accumulate acknowledge archive arm
        authenticate bypass canonicalize classify cluster compact concat connect consolidate contain count cycle
        demote embed enforce enhance fuse hash impersonate impute index inline intercept intern link lint localize
        map memoize monkeypatch negotiate pickle pin prefetch preprocess postprocess profile project promote prove
        rank recalculate recv reindex remap render resample rescale reserve restyle retype reuse rollback sample scale
        seed send shard slugify snapshot sniff splice stage stringify stub sync tabulate tie unfreeze vacuum
        vectorize warm weigh zero encapsulate quiesce finalise initialise normalise serialise synchronise optimise
        """
    )

    /// Verbs that are as often nouns or adjectives; they count only with an object behind them.
    private static let ambiguous = table(
        """
        access alert answer approach attempt average balance batch bundle cache center chain chunk comment complement
        control cover delay diff escape estimate exchange filter flag guard help hold input issue label lead level
        load measure name note offset order own page pass place plan pool present press proxy query queue rank rate
        route scale score separate share signal split state step template time trace transition view weight work
        """
    )

    /// Words that name a thing that acts, so that a name that ends in one is a noun.
    static let agents = table(
        """
        callback class cls decorator error exception factory field fixture fn func function handler hook impl iterator
        key kwargs list map method mock model name obj object option options param params parser path property
        result serializer signature size spec string table tests type types validator value values var wrapper
        """
    )

    /// Words before which an object needs no article.
    static let linkWords = table(
        """
        a about after against all an and any are as at back before between both by down each either every everything
        extra for from if in into is it its like many more most multiple new next no non not of off on one only onto or
        other out over per self several so some such than that the their them then this through to too two under
        until up using via was when where whether which while with within without x y z here there what who why how me
        """
    )
}
