#include "power_loss.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct power_loss_record {
    char *folder;
    power_loss_operation *operations;
    size_t count, room;
};

// Guards `current` and its operations.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static power_loss_record *current;

// The ordinary VFS, and its way to open a folder, which it does only to sync it.
static sqlite3_vfs *ordinary;
static int (*ordinary_open_directory)(const char *, int *);

// A file of the folder: ours first, as SQLite sees it; the ordinary VFS has the space behind it.
typedef struct {
    sqlite3_file base;
    char *name;
    sqlite3_file *real;
} recorded_file;

static void out_of_memory(void) { abort(); }

static void add(power_loss_kind kind, const char *file, int64_t offset, const void *bytes, size_t length) {
    if (current->count == current->room) {
        size_t room = current->room ? current->room * 2 : 1024;
        power_loss_operation *grown = realloc(current->operations, room * sizeof *grown);
        if (!grown) out_of_memory();
        current->operations = grown;
        current->room = room;
    }
    uint8_t *copy = malloc(length + 1);
    char *name = strdup(file);
    if (!copy || !name) out_of_memory();
    if (length) memcpy(copy, bytes, length);
    current->operations[current->count++] =
        (power_loss_operation){.kind = kind, .file = name, .offset = offset, .bytes = copy, .length = length};
}

static void record(power_loss_kind kind, const char *file, int64_t offset, const void *bytes, size_t length) {
    pthread_mutex_lock(&lock);
    if (current) add(kind, file, offset, bytes, length);
    pthread_mutex_unlock(&lock);
}

// The name within the recorded folder; NULL for files elsewhere.
static const char *recorded_name(const char *path) {
    const char *name = NULL;
    pthread_mutex_lock(&lock);
    if (current && path) {
        size_t length = strlen(current->folder);
        if (strncmp(path, current->folder, length) == 0 && path[length] == '/' && !strchr(path + length + 1, '/'))
            name = path + length + 1;
    }
    pthread_mutex_unlock(&lock);
    return name;
}

#define REAL(file) (((recorded_file *)(file))->real)
#define NAME(file) (((recorded_file *)(file))->name)

static int file_close(sqlite3_file *file) {
    int code = REAL(file)->pMethods->xClose(REAL(file));
    free(NAME(file));
    return code;
}

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    return REAL(file)->pMethods->xRead(REAL(file), bytes, length, offset);
}

// Written down once they have happened: an acknowledgement is marked after them in any case.
static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    int code = REAL(file)->pMethods->xWrite(REAL(file), bytes, length, offset);
    if (code == SQLITE_OK) record(POWER_LOSS_WRITE, NAME(file), offset, bytes, (size_t)length);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int code = REAL(file)->pMethods->xTruncate(REAL(file), size);
    if (code == SQLITE_OK) record(POWER_LOSS_TRUNCATE, NAME(file), size, NULL, 0);
    return code;
}

static int file_sync(sqlite3_file *file, int flags) {
    // A first sync may sync the folder as well: `open_directory` sees that.
    int code = REAL(file)->pMethods->xSync(REAL(file), flags);
    if (code == SQLITE_OK) record(POWER_LOSS_SYNC, NAME(file), 0, NULL, 0);
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return REAL(file)->pMethods->xFileSize(REAL(file), size);
}
static int file_lock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xLock(REAL(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return REAL(file)->pMethods->xUnlock(REAL(file), level); }
static int file_check_lock(sqlite3_file *file, int *result) {
    return REAL(file)->pMethods->xCheckReservedLock(REAL(file), result);
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    // Room that is only reserved may be gone after a power cut. Left to plain writes, it cannot matter.
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
    // Memory-mapped writes would pass by.
    if (operation == SQLITE_FCNTL_MMAP_SIZE) return SQLITE_NOTFOUND;
    return REAL(file)->pMethods->xFileControl(REAL(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file) { return REAL(file)->pMethods->xSectorSize(REAL(file)); }
static int file_traits(sqlite3_file *file) { return REAL(file)->pMethods->xDeviceCharacteristics(REAL(file)); }

// The index of the log is shared memory, made anew after a power cut: nothing of it is recorded.
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    return REAL(file)->pMethods->xShmMap(REAL(file), page, size, extend, memory);
}
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return REAL(file)->pMethods->xShmLock(REAL(file), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *file) { REAL(file)->pMethods->xShmBarrier(REAL(file)); }
static int file_shm_unmap(sqlite3_file *file, int delete_it) {
    return REAL(file)->pMethods->xShmUnmap(REAL(file), delete_it);
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 2,  // 3 would offer memory-mapped reads
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_traits,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
    (void)vfs;
    const char *name = recorded_name(path);
    if (!name) return ordinary->xOpen(ordinary, path, file, flags, out_flags);
    struct stat status;
    // An empty file was made a moment ago by somebody who does not go through SQLite.
    int is_new = stat(path, &status) != 0 || status.st_size == 0;
    recorded_file *recorded = (recorded_file *)file;
    recorded->base.pMethods = NULL;
    recorded->real = (sqlite3_file *)(recorded + 1);
    recorded->name = strdup(name);
    if (!recorded->name) return SQLITE_NOMEM;
    int code = ordinary->xOpen(ordinary, path, recorded->real, flags, out_flags);
    if (code != SQLITE_OK) {
        free(recorded->name);
        return code;
    }
    recorded->base.pMethods = &file_methods;
    if (is_new) record(POWER_LOSS_CREATE, name, 0, NULL, 0);
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    const char *name = recorded_name(path);
    // Before it happens, since the folder is synced within.
    if (name && access(path, F_OK) == 0) record(POWER_LOSS_DELETE, name, 0, NULL, 0);
    return ordinary->xDelete(ordinary, path, sync_folder);
}

// Called by the ordinary VFS with the path of a file, right before it syncs the folder that the file is in.
static int open_directory(const char *path, int *descriptor) {
    int code = ordinary_open_directory(path, descriptor);
    if (code == SQLITE_OK && recorded_name(path)) record(POWER_LOSS_FOLDER_SYNC, "", 0, NULL, 0);
    return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    return ordinary->xAccess(ordinary, path, flags, result);
}
static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out) {
    (void)vfs;
    return ordinary->xFullPathname(ordinary, path, size, out);
}

static sqlite3_vfs recording_vfs;

power_loss_record *power_loss_start(const char *folder) {
    power_loss_record *made = calloc(1, sizeof *made);
    if (!made || !(made->folder = strdup(folder))) {
        free(made);
        return NULL;
    }
    pthread_mutex_lock(&lock);
    int is_free = current == NULL;
    if (is_free) current = made;
    pthread_mutex_unlock(&lock);
    if (!is_free || sqlite3_initialize() != SQLITE_OK) {
        free(made->folder);
        free(made);
        return NULL;
    }
    ordinary = sqlite3_vfs_find(NULL);
    ordinary_open_directory = (int (*)(const char *, int *))ordinary->xGetSystemCall(ordinary, "openDirectory");
    // Time, randomness and the like are the ordinary one's; it needs no more than its own pointer for them.
    recording_vfs = *ordinary;
    recording_vfs.pNext = NULL;
    recording_vfs.zName = "power-loss";
    recording_vfs.szOsFile = (int)sizeof(recorded_file) + ordinary->szOsFile;
    recording_vfs.xOpen = vfs_open;
    recording_vfs.xDelete = vfs_delete;
    recording_vfs.xAccess = vfs_access;
    recording_vfs.xFullPathname = vfs_full_path;
    if (ordinary->xSetSystemCall(ordinary, "openDirectory", (sqlite3_syscall_ptr)open_directory) != SQLITE_OK ||
        sqlite3_vfs_register(&recording_vfs, 1) != SQLITE_OK) {
        power_loss_stop(made);
        power_loss_free(made);
        return NULL;
    }
    return made;
}

void power_loss_mark(power_loss_record *made, int64_t value) {
    pthread_mutex_lock(&lock);
    if (current == made) add(POWER_LOSS_MARK, "", value, NULL, 0);
    pthread_mutex_unlock(&lock);
}

void power_loss_stop(power_loss_record *made) {
    pthread_mutex_lock(&lock);
    int is_current = current == made;
    if (is_current) current = NULL;
    pthread_mutex_unlock(&lock);
    if (!is_current) return;
    sqlite3_vfs_unregister(&recording_vfs);
    // NULL puts the original back.
    ordinary->xSetSystemCall(ordinary, "openDirectory", NULL);
    sqlite3_vfs_register(ordinary, 1);
}

size_t power_loss_count(const power_loss_record *made) { return made->count; }

power_loss_operation power_loss_at(const power_loss_record *made, size_t index) { return made->operations[index]; }

void power_loss_free(power_loss_record *made) {
    for (size_t index = 0; index < made->count; index++) {
        free((void *)made->operations[index].file);
        free((void *)made->operations[index].bytes);
    }
    free(made->operations);
    free(made->folder);
    free(made);
}
