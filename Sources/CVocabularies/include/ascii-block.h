#pragma once
#include <stdint.h>

/// Which of 64 bytes are what: a bit for each, the first byte's the lowest.
typedef struct {
    /// ASCII letters of either case.
    uint64_t letters;
    /// Bytes with the bit that tells lower-case letters from upper-case ones.
    uint64_t lowered;
    uint64_t digits;
    /// ASCII white space.
    uint64_t white;
    uint64_t spaces;
    uint64_t newlines;
    uint64_t apostrophes;
    uint64_t slashes;
    /// Bytes beyond ASCII.
    uint64_t wide;
} docent_ascii_block;

// Vectors of Clang's own, because Swift has no way to make bits of a comparison in one instruction.
typedef uint8_t docent_bytes16 __attribute__((ext_vector_type(16)));
typedef _Bool docent_bits16 __attribute__((ext_vector_type(16)));

/// The bits of 16 lanes that are all ones or all zeros.
static inline uint64_t docent_bits(docent_bytes16 lanes, int shift) {
    docent_bits16 bits = __builtin_convertvector(lanes, docent_bits16);
    uint16_t word;
    __builtin_memcpy(&word, &bits, sizeof word);
    return (uint64_t)word << shift;
}

/// Classifies 64 bytes.
static inline docent_ascii_block docent_classify(const unsigned char *bytes) {
    docent_ascii_block block = {0};
#pragma clang loop unroll(full)
    for (int start = 0; start < 64; start += 16) {
        docent_bytes16 lanes;
        __builtin_memcpy(&lanes, bytes + start, sizeof lanes);
        docent_bytes16 newlines = (docent_bytes16)(lanes == '\n') | (docent_bytes16)(lanes == '\r');
        docent_bytes16 spaces = (docent_bytes16)(lanes == ' ');
        docent_bytes16 controls = (docent_bytes16)(lanes - '\t' < 5);
        block.letters |= docent_bits((docent_bytes16)((lanes | 0x20) - 'a' < 26), start);
        block.lowered |= docent_bits((docent_bytes16)((lanes & 0x20) != 0), start);
        block.digits |= docent_bits((docent_bytes16)(lanes - '0' < 10), start);
        block.white |= docent_bits(spaces | controls, start);
        block.spaces |= docent_bits(spaces, start);
        block.newlines |= docent_bits(newlines, start);
        block.apostrophes |= docent_bits((docent_bytes16)(lanes == '\''), start);
        block.slashes |= docent_bits((docent_bytes16)(lanes == '/'), start);
        block.wide |= docent_bits((docent_bytes16)(lanes >= 0x80), start);
    }
    return block;
}
