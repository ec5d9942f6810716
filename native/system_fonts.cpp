// Asks fontconfig.
#include "native/font_files.h"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <utility>

namespace pev::native {

namespace {

    template <auto Destroy>
    struct Deleter {
        template <typename T>
        void operator()(T* held) const
        {
            Destroy(held);
        }
    };
    using Config = std::unique_ptr<FcConfig, Deleter<FcConfigDestroy>>;
    using Pattern = std::unique_ptr<FcPattern, Deleter<FcPatternDestroy>>;
    using FontSet = std::unique_ptr<FcFontSet, Deleter<FcFontSetDestroy>>;

    FcChar8 const* name(char const* text)
    {
        return reinterpret_cast<FcChar8 const*>(text);
    }

    Pattern pattern_of(FcConfig* config, std::initializer_list<char const*> families, int weight)
    {
        Pattern pattern{FcPatternCreate()};
        for (char const* const family : families)
            FcPatternAddString(pattern.get(), FC_FAMILY, name(family));
        FcPatternAddInteger(pattern.get(), FC_WEIGHT, weight);
        FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN);
        FcPatternAddBool(pattern.get(), FC_VARIABLE, FcFalse); // the named instances will do
        FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
        FcDefaultSubstitute(pattern.get());
        return pattern;
    }

    FontFile file_of(FcPattern* found)
    {
        FontFile file;
        FcChar8* path = nullptr;
        if (FcPatternGetString(found, FC_FILE, 0, &path) == FcResultMatch)
            file.path = reinterpret_cast<char const*>(path);
        FcPatternGetInteger(found, FC_INDEX, 0, &file.index);
        return file;
    }

    bool is(FcPattern* found, char const* property)
    {
        FcBool value = FcFalse;
        return FcPatternGetBool(found, property, 0, &value) == FcResultMatch && value == FcTrue;
    }

    // Nothing where there is no font at all.
    FontFile best(FcConfig* config, std::initializer_list<char const*> families, int weight)
    {
        Pattern const wanted = pattern_of(config, families, weight);
        FcResult result = FcResultNoMatch;
        Pattern const found{FcFontMatch(config, wanted.get(), &result)};
        return found ? file_of(found.get()) : FontFile{};
    }

    // Together they have every character that any font has, the likely ones first.
    std::pair<FontFile, std::vector<FontFile>> emoji_and_fallbacks(FcConfig* config)
    {
        std::pair<FontFile, std::vector<FontFile>> files;
        Pattern const wanted
            = pattern_of(config, {"sans-serif", "Noto Color Emoji", "Apple Color Emoji"}, FC_WEIGHT_REGULAR);
        FcResult result = FcResultNoMatch;
        FontSet const sorted{FcFontSort(config, wanted.get(), FcTrue, nullptr, &result)};
        if (!sorted)
            return files;
        for (int i = 0; i < sorted->nfont; ++i) {
            FcPattern* const found = sorted->fonts[i];
            FontFile const file = file_of(found);
            if (is(found, FC_COLOR) && files.first.path.empty())
                files.first = file;
            else if (is(found, FC_SCALABLE) && !is(found, FC_COLOR))
                files.second.push_back(file);
        }
        return files;
    }

} // namespace

Result<FontFiles> system_fonts()
{
    Config const config{FcInitLoadConfigAndFonts()};
    if (!config)
        return Error{"fontconfig can't be set up: no fonts"};
    auto const sans = [&](int weight) { return best(config.get(), {"Inter", "system-ui", "sans-serif"}, weight); };
    FontFiles files;
    files.faces = {sans(FC_WEIGHT_REGULAR), sans(FC_WEIGHT_MEDIUM), sans(FC_WEIGHT_DEMIBOLD),
        best(config.get(), {"JetBrains Mono", "ui-monospace", "monospace"}, FC_WEIGHT_REGULAR)};
    if (files.faces[0].path.empty())
        return Error{"this system has no fonts: install some, such as Inter and JetBrains Mono"};
    std::tie(files.emoji, files.fallbacks) = emoji_and_fallbacks(config.get());
    return files;
}

} // namespace pev::native
