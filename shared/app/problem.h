// Why there is nothing to show, or why what is shown may be old: for the error screen and the stale notice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pev {

struct HttpAnswer;
struct ServerError;
struct TooLarge;

enum class ProblemKind : std::uint8_t {
    NoRunId,
    BadRunId,
    SignedOut, // 401
    Forbidden, // 403
    NotFound, // 404
    TooManyRequests, // 429, or the code RATE_LIMITED
    ServerFailed, // 5xx and every other refusal
    NotARun, // an answer that is not what docs/WIRE.md#requests says
    OtherRun, // a run, but not the one that was asked for
    Unreachable, // no answer
    TimedOut,
    TooLarge, // for the memory that a run may take
};

struct Problem {
    ProblemKind kind = ProblemKind::ServerFailed;
    int status = 0; // HTTP status; 0 where there was no answer
    std::string title; // "The run was not found"
    std::string detail; // the server's words where it has some
    std::string hint; // what the user can do
    std::string code; // "NOT_FOUND"; empty where the server gave none
    bool operator==(Problem const&) const = default;
};

// A limit on requests has a code of its own, whatever the status.
inline constexpr std::string_view kLimitCode = "RATE_LIMITED";
inline bool is_limit(int status, std::string_view code = {})
{
    return status == 429 || code == kLimitCode;
}

Problem problem_no_run_id();
Problem problem_run_id_too_long();
Problem problem_timed_out();
// No answer at all.
Problem problem_unreachable(HttpAnswer const& answer);
// The server refused, in the wire's form.
Problem problem_refused(HttpAnswer const& answer, ServerError const& error, std::string_view run_id);
// More than the memory for a run has room for: an answer of so many bytes, or what was read of one.
Problem problem_too_large(std::uint64_t answer_bytes, std::size_t memory);
Problem problem_too_large(TooLarge const& read, std::size_t memory);
// A run with another id.
Problem problem_other_run(std::string_view asked, std::string_view answered);
// Some other answer; `reason` says what is wrong with it.
Problem problem_not_a_run(HttpAnswer const& answer, std::string const& reason, std::string_view run_id);

} // namespace pev
