#pragma once
#include <spawn.h>

// What Swift's module of the C library leaves out of it (glibc 2.34).

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
