#pragma once
#include "ascii-block.h"
#include <stddef.h>

/// A table that ships in the binary: see scripts/pack-vocabularies for its layout.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} docent_table;

docent_table docent_o200k_base(void);
docent_table docent_cl100k_base(void);
docent_table docent_p50k_base(void);
docent_table docent_claude(void);
docent_table docent_classes(void);
docent_table docent_normalization(void);

/// Asks for the cache line at an address ahead of its use.
static inline void docent_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
