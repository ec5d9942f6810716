#include "native/picture.h"

#include <png.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace pev::native {

namespace {

    // libpng's words where it has some, the system's where the file itself is the trouble.
    Error failure(std::string const& path, png_image const& image)
    {
        auto const* const words = errno != 0 ? std::strerror(errno) : image.message;
        return {path + ": " + words};
    }

    png_image image_of(Picture const& picture)
    {
        png_image image{};
        image.version = PNG_IMAGE_VERSION;
        image.width = static_cast<png_uint_32>(picture.width);
        image.height = static_cast<png_uint_32>(picture.height);
        image.format = PNG_FORMAT_RGBA;
        return image;
    }

} // namespace

std::optional<Error> write_png(std::string const& path, Picture const& picture)
{
    png_image image = image_of(picture);
    errno = 0;
    // Not png_image_write_to_file(): where it fails it removes the file, even if that is /dev/full.
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    bool const written
        = file != nullptr && png_image_write_to_stdio(&image, file, 0, picture.rgba.data(), 0, nullptr) != 0;
    bool const closed = file != nullptr && std::fclose(file) == 0;
    return written && closed ? std::nullopt : std::optional{failure(path, image)};
}

std::string encode_png(Picture const& picture)
{
    png_image image = image_of(picture);
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.rgba.data(), 0, nullptr) == 0)
        return {};
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgba.data(), 0, nullptr) == 0)
        return {};
    bytes.resize(size);
    return bytes;
}

Result<Picture> read_png(std::string const& path)
{
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    errno = 0;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
        return failure(path, image);
    image.format = PNG_FORMAT_RGBA;
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height)};
    if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0)
        return failure(path, image);
    return picture;
}

} // namespace pev::native
