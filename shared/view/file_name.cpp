#include "shared/view/file_name.h"

namespace pev {

namespace {

    std::string safe(std::string_view text, std::string_view otherwise)
    {
        constexpr std::size_t kMaxCharacters = 60;
        std::string out;
        for (char const c : text) {
            bool const upper = c >= 'A' && c <= 'Z';
            bool const kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (kept)
                out += upper ? static_cast<char>(c + ('a' - 'A')) : c;
            else if (!out.empty() && out.back() != '-')
                out += '-';
            if (out.size() == kMaxCharacters)
                break;
        }
        while (!out.empty() && out.back() == '-')
            out.pop_back();
        return out.empty() ? std::string{otherwise} : out;
    }

} // namespace

std::string export_file_name(
    std::string_view playbook, std::string_view run_id, std::string_view part, std::string_view extension)
{
    std::string name = safe(playbook, "playbook") + "-" + safe(run_id, "run");
    if (!part.empty())
        name.append("-").append(safe(part, "step"));
    return name.append(".").append(extension);
}

} // namespace pev
