import ModelCatalog
import Testing

struct MoneyTests {
    @Test(arguments: [
        ("0.0375", 37_500), ("2", 2_000_000), ("2.50", 2_500_000), ("1e-2", 10_000), ("1.25E+1", 12_500_000),
        ("-1", -1_000_000),
        ("0.000001", 1), ("0.0000010", 1), ("0e99", 0), ("0", 0), ("75.0", 75_000_000),
    ])
    func `reads a price for a million tokens exactly`(text: String, picodollars: Int) {
        #expect(Money(dollarsForMillion: text) == Money(picodollars: Int128(picodollars)))
    }

    @Test(arguments: [
        "", ".", "-", "e", "1e", "1e+", "e5", "1..2", "1.2.3", "1e5e5", "--1", "1-", "1 ", " 1", "0x10", "0.0000001",
        "1e999",
        "1e40", "1e-7", "9999999999999999999999999999999999999999", "abc", "1,5", "٣", "NaN", "inf", ".5",
        "1e1000000000000000000000",
    ])
    func `takes nothing else for one`(text: String) {
        #expect(Money(dollarsForMillion: text) == nil)
    }

    @Test(arguments: [
        (24_880_000_000, 6, "$0.024880"), (24_880_499_999, 6, "$0.024880"), (24_880_500_000, 6, "$0.024881"),
        (-1, 6, "$0.000000"), (-1_500_000_000_000, 0, "-$2"), (1_000_000_000_000, 2, "$1.00"),
        (7, 12, "$0.000000000007"),
    ])
    func `writes dollars`(picodollars: Int, decimals: Int, text: String) {
        #expect(Money(picodollars: Int128(picodollars)).formatted(decimals: decimals) == text)
    }
}
