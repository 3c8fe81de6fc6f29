#ifndef CAUSEWAY_POWER_LOSS_H
#define CAUSEWAY_POWER_LOSS_H

#include <stddef.h>
#include <stdint.h>

// Writes down what SQLite does to the files of one folder, in order: enough to say afterwards what a disk would hold
// had the power failed at any moment.
//
// It stands before the ordinary VFS as the default one, hands every call on, and opens files of other folders as if
// it were not there.

typedef enum {
    // Opened when it was not there, or empty.
    POWER_LOSS_CREATE,
    POWER_LOSS_WRITE,
    POWER_LOSS_TRUNCATE,
    POWER_LOSS_SYNC,
    POWER_LOSS_DELETE,
    POWER_LOSS_FOLDER_SYNC,
    // Not SQLite's: a moment that the caller wants to find again.
    POWER_LOSS_MARK,
} power_loss_kind;

typedef struct {
    power_loss_kind kind;
    // Without the folder; empty for a folder's sync and for marks. Valid as long as the record.
    const char *file;
    // Of a write; a truncation's new size; a mark's value.
    int64_t offset;
    // Of a write. Valid as long as the record.
    const uint8_t *bytes;
    size_t length;
} power_loss_operation;

typedef struct power_loss_record power_loss_record;

// `folder` is absolute and without symbolic links. One recording at a time in a process. NULL if there is one
// already, or no memory, or SQLite refuses.
power_loss_record *power_loss_start(const char *folder);

void power_loss_mark(power_loss_record *record, int64_t value);

// Ends the recording; what was recorded stays. No file of the folder may be open any more.
void power_loss_stop(power_loss_record *record);

size_t power_loss_count(const power_loss_record *record);
power_loss_operation power_loss_at(const power_loss_record *record, size_t index);

// After `power_loss_stop`.
void power_loss_free(power_loss_record *record);

#endif
