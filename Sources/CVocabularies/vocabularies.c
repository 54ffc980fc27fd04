#include "vocabularies.h"

_Alignas(64) static const unsigned char o200k_base[] = {
#embed "Data/o200k_base.bin"
};
_Alignas(64) static const unsigned char cl100k_base[] = {
#embed "Data/cl100k_base.bin"
};
_Alignas(64) static const unsigned char p50k_base[] = {
#embed "Data/p50k_base.bin"
};
_Alignas(64) static const unsigned char claude[] = {
#embed "Data/claude.bin"
};
_Alignas(64) static const unsigned char normalization[] = {
#embed "Data/normalization.bin"
};
_Alignas(64) static const unsigned char classes[] = {
#embed "Data/classes.bin"
};

docent_table docent_o200k_base(void) { return (docent_table){o200k_base, sizeof o200k_base}; }
docent_table docent_cl100k_base(void) { return (docent_table){cl100k_base, sizeof cl100k_base}; }
docent_table docent_p50k_base(void) { return (docent_table){p50k_base, sizeof p50k_base}; }
docent_table docent_claude(void) { return (docent_table){claude, sizeof claude}; }
docent_table docent_classes(void) { return (docent_table){classes, sizeof classes}; }
docent_table docent_normalization(void) { return (docent_table){normalization, sizeof normalization}; }
