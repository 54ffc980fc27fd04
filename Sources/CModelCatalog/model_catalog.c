#include "model_catalog.h"

static const unsigned char catalog[] = {
#embed "model-catalog.json"
};

const unsigned char *docent_model_catalog(size_t *count) {
    *count = sizeof catalog;
    return catalog;
}
