/* folder.c: finding a file of a law folder by its path. */
#include "folder.h"

const LawFile *folder_file(const LawFolder *folder, Str path)
{
    size_t low = 0, high = folder->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(folder->files[middle].path, path);
        if (order == 0) {
            return &folder->files[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
