#pragma once
#include <microhttpd.h>

/* What Swift does not import: functions with variable arguments, and macros that cast. */

typedef enum MHD_Result (*docent_handler)(void *context, struct MHD_Connection *connection, const char *path,
                                          const char *method, const char *version, const char *upload,
                                          size_t *upload_size, void **request);

/* A daemon without a listening socket of its own: connections come by MHD_add_connection. */
static inline struct MHD_Daemon *docent_start_daemon(unsigned int threads, unsigned int connections,
                                                     docent_handler handler,
                                                     MHD_RequestCompletedCallback completed, void *context) {
  unsigned int flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME |
                       MHD_USE_NO_LISTEN_SOCKET;
  if (threads < 2)
    return MHD_start_daemon(flags, 0, NULL, NULL, handler, context, MHD_OPTION_NOTIFY_COMPLETED, completed,
                            context, MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_END);
  return MHD_start_daemon(flags, 0, NULL, NULL, handler, context, MHD_OPTION_NOTIFY_COMPLETED, completed, context,
                          MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_THREAD_POOL_SIZE, threads,
                          MHD_OPTION_END);
}

/* The connection's socket, or -1. */
static inline int docent_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline ssize_t docent_end_of_body(void) { return MHD_CONTENT_READER_END_OF_STREAM; }
static inline ssize_t docent_end_with_error(void) { return MHD_CONTENT_READER_END_WITH_ERROR; }
static inline uint64_t docent_unknown_size(void) { return MHD_SIZE_UNKNOWN; }
