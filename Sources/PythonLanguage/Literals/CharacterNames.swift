/// Finds characters by the names that `\N{…}` takes: Unicode's names in any case, and their aliases.
///
/// As in CPython, names of Hangul syllables and of unified ideographs must be in capitals, and named sequences and
/// Tangut ideographs are not known.
enum CharacterNames {
    /// The character of a name; `nil` if no character is called so.
    static func scalar(named name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        guard !name.isEmpty, name.count <= 256, name.allSatisfy({ $0 < 0x80 }) else { return nil }
        let exact = String(decoding: name, as: UTF8.self)
        if exact.hasPrefix(ideographPrefix) { return ideograph(exact) }
        let capitals = exact.uppercased()
        if let scalar = aliases[capitals] ?? variationSelector(capitals) { return scalar }
        guard let scalar = byHash[hash(capitals)], scalar.properties.name == capitals else { return nil }
        let isSyllable = (0xAC00...0xD7A3).contains(scalar.value)
        return isSyllable && exact != capitals ? nil : scalar
    }

    private static let ideographPrefix = "CJK UNIFIED IDEOGRAPH-"

    private static func ideograph(_ name: String) -> Unicode.Scalar? {
        let digits = name.utf8.dropFirst(ideographPrefix.utf8.count)
        guard (4...5).contains(digits.count), digits.allSatisfy({ $0 < 0x61 && $0 != 0x2B }) else { return nil }
        guard let value = UInt32(String(Substring(digits)), radix: 16), let scalar = Unicode.Scalar(value) else {
            return nil
        }
        return scalar.properties.name?.hasPrefix(ideographPrefix) == true ? scalar : nil
    }

    /// The aliases `VS1` to `VS256`.
    private static func variationSelector(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("VS"), name.utf8.count <= 5, !name.hasPrefix("VS0"), !name.hasPrefix("VS+") else {
            return nil
        }
        guard let number = UInt32(name.dropFirst(2)), (1...256).contains(number) else { return nil }
        return Unicode.Scalar(number <= 16 ? 0xFE00 + number - 1 : 0xE0100 + number - 17)
    }

    /// Characters by a hash of their names, made at the first use in about 20 ms: no name is kept.
    private static let byHash: [UInt64: Unicode.Scalar] = {
        var result: [UInt64: Unicode.Scalar] = [:]
        result.reserveCapacity(52_000)
        let plain: [ClosedRange<UInt32>] = [0x20...0x33FF, 0x4DC0...0x4DFF, 0xA000...0xFFFF, 0x1_0000...0x1_6FFF]
        for range in plain + [0x1_8800...0x1_8CFF, 0x1_AFF0...0x1_FFFF, 0x2_F800...0x2_FA1F, 0xE_0000...0xE_01EF] {
            for value in range {
                guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name else { continue }
                result[hash(name)] = scalar
            }
        }
        return result
    }()

    /// FNV-1a.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static let aliases: [String: Unicode.Scalar] = {
        var result: [String: Unicode.Scalar] = [:]
        for entry in aliasTable.split(whereSeparator: { $0 == ";" || $0 == "\n" }) {
            let parts = entry.split(separator: "=")
            guard let value = UInt32(parts[0], radix: 16), let scalar = Unicode.Scalar(value) else { continue }
            for name in parts[1].split(separator: "|") { result[String(name)] = scalar }
        }
        return result
    }()

    /// Unicode's name aliases without those of variation selectors: every name that CPython 3.11's
    /// `unicodedata.lookup` takes although `unicodedata.name` gives another.
    private static let aliasTable = """
        0=NUL|NULL;1=SOH|START OF HEADING;2=START OF TEXT|STX;3=END OF TEXT|ETX;4=END OF TRANSMISSION|EOT;5=ENQ|ENQUIRY
        6=ACK|ACKNOWLEDGE;7=ALERT|BEL;8=BACKSPACE|BS;9=CHARACTER TABULATION|HORIZONTAL TABULATION|HT|TAB
        A=END OF LINE|EOL|LF|LINE FEED|NEW LINE|NL;B=LINE TABULATION|VERTICAL TABULATION|VT;C=FF|FORM FEED
        D=CARRIAGE RETURN|CR;E=LOCKING-SHIFT ONE|SHIFT OUT|SO;F=LOCKING-SHIFT ZERO|SHIFT IN|SI;10=DATA LINK ESCAPE|DLE
        11=DC1|DEVICE CONTROL ONE;12=DC2|DEVICE CONTROL TWO;13=DC3|DEVICE CONTROL THREE;14=DC4|DEVICE CONTROL FOUR
        15=NAK|NEGATIVE ACKNOWLEDGE;16=SYN|SYNCHRONOUS IDLE;17=END OF TRANSMISSION BLOCK|ETB;18=CAN|CANCEL
        19=END OF MEDIUM|EOM;1A=SUB|SUBSTITUTE;1B=ESC|ESCAPE;1C=FILE SEPARATOR|FS|INFORMATION SEPARATOR FOUR
        1D=GROUP SEPARATOR|GS|INFORMATION SEPARATOR THREE;1E=INFORMATION SEPARATOR TWO|RECORD SEPARATOR|RS
        1F=INFORMATION SEPARATOR ONE|UNIT SEPARATOR|US;20=SP;7F=DEL|DELETE;80=PAD|PADDING CHARACTER
        81=HIGH OCTET PRESET|HOP;82=BPH|BREAK PERMITTED HERE;83=NBH|NO BREAK HERE;84=IND|INDEX;85=NEL|NEXT LINE
        86=SSA|START OF SELECTED AREA;87=END OF SELECTED AREA|ESA
        88=CHARACTER TABULATION SET|HORIZONTAL TABULATION SET|HTS
        89=CHARACTER TABULATION WITH JUSTIFICATION|HORIZONTAL TABULATION WITH JUSTIFICATION|HTJ
        8A=LINE TABULATION SET|VERTICAL TABULATION SET|VTS;8B=PARTIAL LINE DOWN|PARTIAL LINE FORWARD|PLD
        8C=PARTIAL LINE BACKWARD|PARTIAL LINE UP|PLU;8D=REVERSE INDEX|REVERSE LINE FEED|RI
        8E=SINGLE SHIFT TWO|SINGLE-SHIFT-2|SS2;8F=SINGLE SHIFT THREE|SINGLE-SHIFT-3|SS3;90=DCS|DEVICE CONTROL STRING
        91=PRIVATE USE ONE|PRIVATE USE-1|PU1;92=PRIVATE USE TWO|PRIVATE USE-2|PU2;93=SET TRANSMIT STATE|STS
        94=CANCEL CHARACTER|CCH;95=MESSAGE WAITING|MW;96=SPA|START OF GUARDED AREA|START OF PROTECTED AREA
        97=END OF GUARDED AREA|END OF PROTECTED AREA|EPA;98=SOS|START OF STRING
        99=SGC|SINGLE GRAPHIC CHARACTER INTRODUCER;9A=SCI|SINGLE CHARACTER INTRODUCER;9B=CONTROL SEQUENCE INTRODUCER|CSI
        9C=ST|STRING TERMINATOR;9D=OPERATING SYSTEM COMMAND|OSC;9E=PM|PRIVACY MESSAGE;9F=APC|APPLICATION PROGRAM COMMAND
        A0=NBSP;AD=SHY;1A2=LATIN CAPITAL LETTER GHA;1A3=LATIN SMALL LETTER GHA;34F=CGJ;61C=ALM
        709=SYRIAC SUBLINEAR COLON SKEWED LEFT;CDE=KANNADA LETTER LLLA;E9D=LAO LETTER FO FON;E9F=LAO LETTER FO FAY
        EA3=LAO LETTER RO;EA5=LAO LETTER LO;FD0=TIBETAN MARK BKA- SHOG GI MGO RGYAN
        11EC=HANGUL JONGSEONG YESIEUNG-KIYEOK;11ED=HANGUL JONGSEONG YESIEUNG-SSANGKIYEOK
        11EE=HANGUL JONGSEONG SSANGYESIEUNG;11EF=HANGUL JONGSEONG YESIEUNG-KHIEUKH;180B=FVS1;180C=FVS2;180D=FVS3
        180E=MVS;180F=FVS4;200B=ZWSP;200C=ZWNJ;200D=ZWJ;200E=LRM;200F=RLM;202A=LRE;202B=RLE;202C=PDF;202D=LRO;202E=RLO
        202F=NNBSP;205F=MMSP;2060=WJ;2066=LRI;2067=RLI;2068=FSI;2069=PDI;2118=WEIERSTRASS ELLIPTIC FUNCTION
        2448=MICR ON US SYMBOL;2449=MICR DASH SYMBOL;2B7A=LEFTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE
        2B7C=RIGHTWARDS TRIANGLE-HEADED ARROW WITH DOUBLE VERTICAL STROKE;A015=YI SYLLABLE ITERATION MARK
        AA6E=MYANMAR LETTER KHAMTI LLA;FE18=PRESENTATION FORM FOR VERTICAL RIGHT WHITE LENTICULAR BRACKET
        FEFF=BOM|BYTE ORDER MARK|ZWNBSP;122D4=CUNEIFORM SIGN NU11 TENU;122D5=CUNEIFORM SIGN NU11 OVER NU11 BUR OVER BUR
        16E56=MEDEFAIDRIN CAPITAL LETTER H;16E57=MEDEFAIDRIN CAPITAL LETTER NG;16E76=MEDEFAIDRIN SMALL LETTER H
        16E77=MEDEFAIDRIN SMALL LETTER NG;1B001=HENTAIGANA LETTER E-1
        1D0C5=BYZANTINE MUSICAL SYMBOL FTHORA SKLIRON CHROMA VASIS
        """
}
