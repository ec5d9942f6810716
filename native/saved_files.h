// Files that the user saves: in the folder that the program was started in, beside what is there already.
#pragma once

#include "shared/app/effect.h"

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace pev::native {

class SavedFiles {
public:
    // Where the file is, or why it is not; once, with its last part, or with the one that could not be written.
    std::optional<std::string> take(SaveFile const& part);

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    struct Open {
        std::string name;
        std::unique_ptr<std::FILE, Close> file; // null where it can't be written
    };
    std::map<std::string, Open> open_; // by the name that was wanted
};

} // namespace pev::native
