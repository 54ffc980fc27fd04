#pragma once
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
// What Swift's module of the C library leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Swift does not import variadic functions; each kind of argument has its function here.

static inline CURLcode docent_easy_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode docent_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode docent_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode docent_easy_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*docent_bytes_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode docent_easy_set_bytes(CURL *easy, CURLoption option, docent_bytes_callback callback) {
    return curl_easy_setopt(easy, option, callback);
}

typedef curl_socket_t (*docent_open_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode docent_easy_set_open(CURL *easy, docent_open_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

typedef int (*docent_close_callback)(void *context, curl_socket_t socket);

static inline CURLcode docent_easy_set_close(CURL *easy, docent_close_callback callback, void *context) {
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, context);
    return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, callback);
}

static inline void *docent_easy_private(CURL *easy) {
    char *pointer = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &pointer);
    return pointer;
}

static inline long docent_easy_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline CURLMcode docent_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

typedef int (*docent_socket_callback)(
    CURL *easy, curl_socket_t socket, int interest, void *context, void *socket_context);

static inline CURLMcode docent_multi_set_socket(CURLM *multi, docent_socket_callback callback, void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

typedef int (*docent_timer_callback)(CURLM *multi, long milliseconds, void *context);

static inline CURLMcode docent_multi_set_timer(CURLM *multi, docent_timer_callback callback, void *context) {
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    return curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, callback);
}

static inline CURLcode docent_message_result(const CURLMsg *message) {
    return message->data.result;
}

/// The features of the libcurl that is loaded, `CURL_VERSION_…`.
static inline int docent_curl_features(void) {
    return curl_version_info(CURLVERSION_NOW)->features;
}
