#pragma once
#include <stddef.h>

/// The catalogue of models as JSON in UTF-8: see scripts/update-catalog for how it is made.
const unsigned char *docent_model_catalog(size_t *count);
