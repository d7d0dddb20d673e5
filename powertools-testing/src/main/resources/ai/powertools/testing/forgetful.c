/*
 * A disk that forgets what was not forced to it: put in front of the C library with LD_PRELOAD.
 *
 * Before a change of a file below POWERTOOLS_FORGETFUL_FOLDER this writes what was there to the
 * journal POWERTOOLS_FORGETFUL_STASH/journal; a successful fsync or fdatasync writes that the
 * file's records before it are void. Names (create, unlink, rename) are recorded too, and void by
 * an fsync of their folder. After a kill, UndoJournal reads it: undo what is not void, and the
 * files are as a power cut may leave them.
 *
 * Every call is made with syscall(2), so that nothing here calls itself. One lock is held over the
 * record and the change, so that the records are in the order of the changes. For one process at a
 * time. Not seen: writes to mapped memory, what the C library writes for itself (stdio), links,
 * new folders, and calls made without the C library. Linux, 64 bits.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/falloc.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#if !defined(__linux__) || !defined(__LP64__)
#error "This is for Linux with 64 bits."
#endif

enum { WRITE = 1, RESIZE = 2, SYNC = 3, CREATE = 4, UNLINK = 5, RENAME = 6, SYNC_FOLDER = 7 };
enum { UNKNOWN = 0, A_FILE = 1, A_FOLDER = 2 };
#define MOST_FDS 65536
#define MAGIC 0x46524754

/* As UndoJournal reads it; `length` bytes of data follow. */
struct record {
  uint32_t magic;
  uint32_t type;
  uint64_t device;
  uint64_t inode;
  int64_t offset;  /* of the change; the new size; or up to where the journal is void */
  int64_t changed; /* how many bytes are changed */
  int64_t size;    /* of the file before the change */
  int64_t length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char kinds[MOST_FDS];
static int journal = -1;
static int stashed;
static char folder[PATH_MAX];
static char stash[PATH_MAX];
static int state; /* 0: not looked yet, 1: in use, -1: off */

static void give_up(const char *what) {
  char text[256];
  int n = snprintf(text, sizeof text, "forgetful: could not %s: %s\n", what, strerror(errno));
  syscall(SYS_write, 2, text, n);
  abort();
}

static int in_use(void) {
  if (state == 0) {
    const char *f = getenv("POWERTOOLS_FORGETFUL_FOLDER");
    const char *s = getenv("POWERTOOLS_FORGETFUL_STASH");
    state = f && s && strlen(f) < PATH_MAX - 1 && strlen(s) < PATH_MAX - 64 ? 1 : -1;
    if (state == 1) {
      strcpy(folder, f);
      strcpy(stash, s);
    }
  }
  return state == 1;
}

static int kind_of(int fd) {
  return fd >= 0 && fd < MOST_FDS ? kinds[fd] : UNKNOWN;
}

static void set_kind(int fd, int kind) {
  if (fd >= 0 && fd < MOST_FDS) {
    kinds[fd] = (unsigned char) kind;
  }
}

static int is_below(const char *path) {
  size_t n = strlen(folder);
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == 0);
}

/* The path without links in its folders; what it names need not be there. 0 when there is none. */
static int resolve(int dirfd, const char *path, char *out) {
  char whole[PATH_MAX];
  if (path[0] == '/') {
    if (strlen(path) >= sizeof whole) return 0;
    strcpy(whole, path);
  } else {
    char link[64];
    ssize_t n;
    if (dirfd == AT_FDCWD) {
      if (!getcwd(whole, sizeof whole)) return 0;
      n = (ssize_t) strlen(whole);
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
      n = readlink(link, whole, sizeof whole - 1);
      if (n < 0) return 0;
    }
    if (n + strlen(path) + 2 > sizeof whole) return 0;
    whole[n] = '/';
    strcpy(whole + n + 1, path);
  }
  if (realpath(whole, out)) return 1;
  char *slash = strrchr(whole, '/');
  if (!slash || slash[1] == 0) return 0;
  *slash = 0;
  if (!realpath(slash == whole ? "/" : whole, out)) return 0;
  if (strlen(out) + strlen(slash + 1) + 2 > PATH_MAX) return 0;
  strcat(out, "/");
  strcat(out, slash + 1);
  return 1;
}

static int64_t journal_end(void) {
  struct stat st;
  if (journal < 0) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.4000s/journal", stash);
    int fd = (int) syscall(
        SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) give_up("open the journal");
    /* Out of the way of programs that expect the lowest numbers. */
    journal = fcntl(fd, F_DUPFD_CLOEXEC, 500);
    if (journal < 0) {
      journal = fd;
    } else {
      syscall(SYS_close, fd);
    }
  }
  if (fstat(journal, &st) != 0) give_up("look at the journal");
  return st.st_size;
}

static void append(struct record *r, const void *data) {
  journal_end();
  r->magic = MAGIC;
  struct iovec parts[2] = {{r, sizeof *r}, {(void *) data, (size_t) r->length}};
  size_t left = sizeof *r + (size_t) r->length;
  while (left > 0) {
    ssize_t n = syscall(SYS_writev, journal, parts, 2);
    if (n < 0) {
      if (errno == EINTR) continue;
      give_up("write to the journal");
    }
    left -= (size_t) n;
    for (int i = 0; i < 2; i++) {
      size_t taken = (size_t) n < parts[i].iov_len ? (size_t) n : parts[i].iov_len;
      parts[i].iov_base = (char *) parts[i].iov_base + taken;
      parts[i].iov_len -= taken;
      n -= (ssize_t) taken;
    }
  }
}

/* Records what a change of [offset, offset + changed) destroys, which may be behind the end. */
static void note_change(
    int fd, int type, const struct stat *st, int64_t offset, int64_t changed, int64_t to) {
  struct record r = {0, (uint32_t) type, st->st_dev, st->st_ino, to, changed, st->st_size, 0};
  int64_t old = st->st_size - offset;
  old = old < 0 ? 0 : old > changed ? changed : old;
  char *bytes = malloc((size_t) old + 1);
  if (!bytes) give_up("keep what is overwritten");
  while (r.length < old) {
    ssize_t n = syscall(SYS_pread64, fd, bytes + r.length, old - r.length, offset + r.length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) give_up("read what is overwritten");
    r.length += n;
  }
  append(&r, bytes);
  free(bytes);
}

static void note_paths(
    int type, const struct stat *st, const char *a, const char *b, const char *c) {
  char data[3 * PATH_MAX];
  struct record r = {0, (uint32_t) type, st->st_dev, st->st_ino, 0, 0, 0, 0};
  r.length = snprintf(data, sizeof data, "%s%c%s%c%s", a, 0, b, 0, c);
  append(&r, data);
}

static void note_sync(const struct stat *st, int64_t until) {
  struct record r = {0, SYNC, st->st_dev, st->st_ino, until, 0, 0, 0};
  append(&r, "");
}

/* Opening: a file for writing is opened for reading as well, to see what is overwritten. */

static int open_any(int dirfd, const char *path, int flags, mode_t mode) {
  char real[PATH_MAX];
  struct stat before, after;
  if (!in_use() || (flags & O_PATH) || !resolve(dirfd, path, real) || !is_below(real)) {
    int fd = (int) syscall(SYS_openat, dirfd, path, flags, mode);
    set_kind(fd, UNKNOWN);
    return fd;
  }
  int truncates = (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY;
  int wanted = flags & ~O_TRUNC;
  if ((wanted & O_ACCMODE) == O_WRONLY) {
    wanted = (wanted & ~O_ACCMODE) | O_RDWR;
  }
  pthread_mutex_lock(&lock);
  int existed = stat(real, &before) == 0;
  int fd = (int) syscall(SYS_openat, dirfd, path, wanted, mode);
  int error = errno;
  if (fd >= 0 && fstat(fd, &after) == 0) {
    set_kind(fd, S_ISREG(after.st_mode) ? A_FILE : S_ISDIR(after.st_mode) ? A_FOLDER : UNKNOWN);
    if (S_ISREG(after.st_mode)) {
      if (!existed && (flags & O_CREAT)) {
        note_paths(CREATE, &after, real, "", "");
      }
      if (truncates && after.st_size > 0) {
        note_change(fd, RESIZE, &after, 0, after.st_size, 0);
        syscall(SYS_ftruncate, fd, 0L);
      }
    }
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

#define MODE(flags, last)                          \
  mode_t mode = 0;                                 \
  if ((flags) & (O_CREAT | O_TMPFILE)) {           \
    va_list more;                                  \
    va_start(more, last);                          \
    mode = (mode_t) va_arg(more, int);             \
    va_end(more);                                  \
  }

int open(const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_any(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_any(AT_FDCWD, path, flags, mode);
}

int openat(int dirfd, const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_any(dirfd, path, flags, mode);
}

int openat64(int dirfd, const char *path, int flags, ...) {
  MODE(flags, flags)
  return open_any(dirfd, path, flags, mode);
}

int creat(const char *path, mode_t mode) {
  return open_any(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) {
  return creat(path, mode);
}

/* What open becomes with _FORTIFY_SOURCE. */
int __open_2(const char *path, int flags) {
  return open_any(AT_FDCWD, path, flags, 0);
}

int __open64_2(const char *path, int flags) {
  return open_any(AT_FDCWD, path, flags, 0);
}

int __openat_2(int dirfd, const char *path, int flags) {
  return open_any(dirfd, path, flags, 0);
}

int __openat64_2(int dirfd, const char *path, int flags) {
  return open_any(dirfd, path, flags, 0);
}

int close(int fd) {
  set_kind(fd, UNKNOWN);
  return (int) syscall(SYS_close, fd);
}

int dup(int fd) {
  int copy = (int) syscall(SYS_dup, fd);
  set_kind(copy, kind_of(fd));
  return copy;
}

int dup3(int fd, int to, int flags) {
  int kind = kind_of(fd);
  int copy = (int) syscall(SYS_dup3, fd, to, flags);
  if (copy >= 0) set_kind(copy, kind);
  return copy;
}

int dup2(int fd, int to) {
  if (fd == to) return fcntl(fd, F_GETFD) < 0 ? -1 : fd;
  return dup3(fd, to, 0);
}

/* Writing. The caller makes its call between begin and end. */

static int begin_write(int fd, int64_t offset, int64_t length, struct stat *st) {
  pthread_mutex_lock(&lock);
  if (fstat(fd, st) != 0 || !S_ISREG(st->st_mode) || length <= 0) return 0;
  int flags = fcntl(fd, F_GETFL);
  if ((flags & O_ACCMODE) == O_RDONLY) return 0;
  if (flags & O_APPEND) {
    offset = st->st_size;
  } else if (offset < 0) {
    offset = lseek(fd, 0, SEEK_CUR);
  }
  note_change(fd, WRITE, st, offset, length, offset);
  return 1;
}

/* A write that is forced by itself makes the file's others durable too: more than it must. */
static void end_write(int fd, int noted, const struct stat *st, int forced) {
  int error = errno;
  if (noted && (forced || (fcntl(fd, F_GETFL) & O_DSYNC))) {
    note_sync(st, journal_end());
  }
  pthread_mutex_unlock(&lock);
  errno = error;
}

#define WRITING(fd, offset, length, forced, call) \
  if (kind_of(fd) != A_FILE) return call;         \
  struct stat st;                                 \
  int noted = begin_write(fd, offset, length, &st); \
  ssize_t done = call;                            \
  end_write(fd, noted, &st, forced);              \
  return done;

static int64_t total(const struct iovec *parts, int count) {
  int64_t sum = 0;
  for (int i = 0; i < count; i++) sum += (int64_t) parts[i].iov_len;
  return sum;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  WRITING(fd, -1, (int64_t) length, 0, syscall(SYS_write, fd, bytes, length))
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  WRITING(fd, offset, (int64_t) length, 0, syscall(SYS_pwrite64, fd, bytes, length, offset))
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
  return pwrite64(fd, bytes, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  WRITING(fd, -1, total(parts, count), 0, syscall(SYS_writev, fd, parts, count))
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  WRITING(fd, offset, total(parts, count), 0, syscall(SYS_pwritev, fd, parts, count, offset, 0L))
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}

ssize_t pwritev64v2(int fd, const struct iovec *parts, int count, off64_t offset, int flags) {
  WRITING(fd, offset, total(parts, count), flags & (RWF_DSYNC | RWF_SYNC),
      syscall(SYS_pwritev2, fd, parts, count, offset, 0L, flags))
}

ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  return pwritev64v2(fd, parts, count, offset, flags);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
  WRITING(to, -1, (int64_t) length, 0, syscall(SYS_sendfile, to, from, offset, length))
}

ssize_t sendfile(int to, int from, off_t *offset, size_t length) {
  return sendfile64(to, from, offset, length);
}

ssize_t copy_file_range(
    int from, off64_t *at, int to, off64_t *offset, size_t length, unsigned flags) {
  WRITING(to, offset ? *offset : -1, (int64_t) length, 0,
      syscall(SYS_copy_file_range, from, at, to, offset, length, flags))
}

/* Sizes. */

int ftruncate64(int fd, off64_t size) {
  struct stat st;
  if (kind_of(fd) != A_FILE) return (int) syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  if (size >= 0 && fstat(fd, &st) == 0 && (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY) {
    int64_t gone = st.st_size > size ? st.st_size - size : 0;
    note_change(fd, RESIZE, &st, size, gone, size);
  }
  int result = (int) syscall(SYS_ftruncate, fd, size);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int ftruncate(int fd, off_t size) {
  return ftruncate64(fd, size);
}

int truncate64(const char *path, off64_t size) {
  int fd = open_any(AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
  if (fd < 0) return -1;
  int result = ftruncate64(fd, size);
  int error = errno;
  close(fd);
  errno = error;
  return result;
}

int truncate(const char *path, off_t size) {
  return truncate64(path, size);
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  if (kind_of(fd) != A_FILE) return (int) syscall(SYS_fallocate, fd, mode, offset, length);
  if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE)) {
    errno = EOPNOTSUPP; /* moves what is behind: not kept account of */
    return -1;
  }
  struct stat st;
  pthread_mutex_lock(&lock);
  if (fstat(fd, &st) == 0) {
    int64_t end = offset + length;
    if (mode & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE)) {
      note_change(fd, WRITE, &st, offset, length, offset);
    } else if (!(mode & FALLOC_FL_KEEP_SIZE) && end > st.st_size) {
      note_change(fd, RESIZE, &st, end, 0, end);
    }
  }
  int result = (int) syscall(SYS_fallocate, fd, mode, offset, length);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
  return fallocate64(fd, mode, offset, length);
}

int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  return fallocate64(fd, 0, offset, length) == 0 ? 0 : errno;
}

int posix_fallocate(int fd, off_t offset, off_t length) {
  return posix_fallocate64(fd, offset, length);
}

/* Forcing: makes durable what was changed before the call. */

static int force(int fd, long call) {
  struct stat st;
  int kind = kind_of(fd);
  if (kind == UNKNOWN || fstat(fd, &st) != 0) return (int) syscall(call, fd);
  pthread_mutex_lock(&lock);
  int64_t until = journal_end();
  pthread_mutex_unlock(&lock);
  int result = (int) syscall(call, fd);
  int error = errno;
  if (result == 0) {
    pthread_mutex_lock(&lock);
    if (kind == A_FILE) {
      note_sync(&st, until);
    } else {
      char link[64];
      char path[PATH_MAX];
      snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
      ssize_t n = readlink(link, path, sizeof path - 1);
      struct record r = {0, SYNC_FOLDER, st.st_dev, st.st_ino, until, 0, 0, n < 0 ? 0 : n};
      append(&r, path);
    }
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return result;
}

int fsync(int fd) {
  return force(fd, SYS_fsync);
}

int fdatasync(int fd) {
  return force(fd, SYS_fdatasync);
}

/* Names: what loses its last name is kept under another one in the stash. */

static void keep(const char *path, char *kept) {
  snprintf(kept, PATH_MAX, "%.4000s/kept-%d-%d", stash, (int) getpid(), ++stashed);
  if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) != 0) {
    give_up("keep a file that is deleted; have the stash on the same file system");
  }
}

int unlinkat(int dirfd, const char *path, int flags) {
  char real[PATH_MAX];
  char kept[PATH_MAX];
  struct stat st;
  if (!in_use() || (flags & AT_REMOVEDIR) || !resolve(dirfd, path, real) || !is_below(real)) {
    return (int) syscall(SYS_unlinkat, dirfd, path, flags);
  }
  pthread_mutex_lock(&lock);
  if (lstat(real, &st) == 0 && S_ISREG(st.st_mode)) {
    keep(real, kept);
    note_paths(UNLINK, &st, real, kept, "");
  }
  int result = (int) syscall(SYS_unlinkat, dirfd, path, flags);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int unlink(const char *path) {
  return unlinkat(AT_FDCWD, path, 0);
}

int remove(const char *path) {
  int result = unlinkat(AT_FDCWD, path, 0);
  return result != 0 && errno == EISDIR
      ? (int) syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR)
      : result;
}

int renameat2(int fromfd, const char *from, int tofd, const char *to, unsigned flags) {
  char source[PATH_MAX];
  char target[PATH_MAX];
  char kept[PATH_MAX] = "";
  struct stat st, old;
  if (!in_use() || !resolve(fromfd, from, source) || !resolve(tofd, to, target)
      || !is_below(source) || !is_below(target)) {
    return (int) syscall(SYS_renameat2, fromfd, from, tofd, to, flags);
  }
  pthread_mutex_lock(&lock);
  if (flags == 0 && lstat(source, &st) == 0 && S_ISREG(st.st_mode)) {
    if (lstat(target, &old) == 0 && S_ISREG(old.st_mode)) keep(target, kept);
    note_paths(RENAME, &st, source, target, kept);
  }
  int result = (int) syscall(SYS_renameat2, fromfd, from, tofd, to, flags);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int renameat(int fromfd, const char *from, int tofd, const char *to) {
  return renameat2(fromfd, from, tofd, to, 0);
}

int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
