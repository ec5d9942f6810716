#include "shared/base/print.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pev {

namespace {

    class Printer {
    public:
        Printer(char* out, std::size_t size) : out_(out), room_(out == nullptr || size == 0 ? 0 : size - 1) {}

        void put(char c)
        {
            if (size_ < room_)
                out_[size_] = c;
            ++size_;
        }
        void put(std::string_view text, std::size_t width = 0, char fill = ' ')
        {
            for (std::size_t i = text.size(); i < width; ++i)
                put(fill);
            for (char const c : text)
                put(c);
        }
        void put(std::uint64_t number, bool negative, unsigned base, char ten, std::size_t width, char fill)
        {
            std::array<char, 24> digits{};
            std::size_t at = digits.size();
            do {
                auto const digit = static_cast<char>(number % base);
                digits[--at] = static_cast<char>(digit < 10 ? '0' + digit : ten + digit - 10);
                number /= base;
            } while (number > 0);
            if (negative && fill == ' ')
                digits[--at] = '-';
            else if (negative)
                put('-');
            std::size_t const sign = negative && fill != ' ' ? 1 : 0;
            put({digits.data() + at, digits.size() - at}, width - std::min(width, sign), fill);
        }
        int end(std::size_t size)
        {
            if (out_ != nullptr && size > 0)
                out_[std::min(size_, room_)] = '\0';
            return static_cast<int>(size_);
        }

    private:
        char* out_;
        std::size_t room_;
        std::size_t size_ = 0;
    };

    std::size_t read_number(char const*& format)
    {
        std::size_t number = 0;
        for (; *format >= '0' && *format <= '9'; ++format)
            number = number * 10 + static_cast<std::size_t>(*format - '0');
        return number;
    }

} // namespace

int print_to(char* out, std::size_t size, char const* format, std::va_list arguments)
{
    Printer printer{out, size};
    for (; *format != '\0'; ++format) {
        if (*format != '%') {
            printer.put(*format);
            continue;
        }
        char const* at = format + 1;
        char const fill = *at == '0' ? '0' : ' ';
        std::size_t const width = read_number(at);
        std::size_t most = std::string_view::npos;
        if (*at == '.' && at[1] == '*') {
            most = static_cast<std::size_t>(std::max(0, va_arg(arguments, int)));
            at += 2;
        } else if (*at == '.') {
            most = read_number(++at);
        }
        unsigned longs = *at == 'z' && sizeof(std::size_t) > sizeof(int) ? 2 : 0;
        for (; *at == 'l' || *at == 'z'; ++at)
            longs += *at == 'l' ? 1 : 0;
        bool const wide = longs > 1 || (longs == 1 && sizeof(long) > sizeof(int));
        switch (*at) {
        case '%':
            printer.put('%');
            break;
        case 'c':
            printer.put(static_cast<char>(va_arg(arguments, int)));
            break;
        case 's': {
            auto const* const text = va_arg(arguments, char const*);
            printer.put({text, most == std::string_view::npos ? std::strlen(text) : strnlen(text, most)}, width);
            break;
        }
        case 'd': {
            std::int64_t const number = wide ? va_arg(arguments, long long) : va_arg(arguments, int);
            auto const bits = static_cast<std::uint64_t>(number);
            printer.put(number < 0 ? 0 - bits : bits, number < 0, 10, 'a', width, fill);
            break;
        }
        case 'u':
        case 'x':
        case 'X': {
            std::uint64_t const number = wide ? va_arg(arguments, unsigned long long) : va_arg(arguments, unsigned);
            printer.put(number, false, *at == 'u' ? 10 : 16, *at == 'X' ? 'A' : 'a', width, fill);
            break;
        }
        default: // nothing that is known here
            printer.put('%');
            continue;
        }
        format = at;
    }
    return printer.end(size);
}

} // namespace pev
