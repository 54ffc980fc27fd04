@main
enum Docent {
    static func main() {}
}
