// A value, or the reason why there is none.
//
// The web build has no exceptions, so everything that can fail says so in its type. An error is one sentence
// for a reader: it is shown on screen or passed on, once.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace pev {

struct Error {
    std::string message;
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {} // NOLINT(google-explicit-constructor)
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {} // NOLINT(google-explicit-constructor)

    explicit operator bool() const { return held_.index() == 0; }

    // Only where the result holds a value.
    T& operator*() & { return *std::get_if<0>(&held_); }
    T const& operator*() const& { return *std::get_if<0>(&held_); }
    T&& operator*() && { return std::move(*std::get_if<0>(&held_)); }
    T* operator->() { return std::get_if<0>(&held_); }
    T const* operator->() const { return std::get_if<0>(&held_); }

    // Only where it does not.
    Error const& error() const { return *std::get_if<1>(&held_); }

private:
    std::variant<T, Error> held_;
};

} // namespace pev
