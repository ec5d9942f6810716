#include "shared/app/problem.h"

#include "shared/app/arrival.h"
#include "shared/base/text.h"
#include "shared/view/format.h"
#include "shared/wire/decode.h"

#include <utility>

namespace pev {

namespace {

    bool is_uuid(std::string_view text)
    {
        if (text.size() != 36)
            return false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
            char const c = text[i];
            bool const hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (dash ? c != '-' : !hex)
                return false;
        }
        return true;
    }

    // The first answer of an HTTP server that is not the API often is a page: its media type tells more than its text.
    std::string describe_answer(HttpAnswer const& answer)
    {
        std::string described = "HTTP " + std::to_string(answer.status);
        if (!answer.content_type.empty())
            described += ", " + one_line(answer.content_type, 60);
        return described;
    }

    Problem of_status(int status, std::string_view run_id)
    {
        Problem problem;
        problem.status = status;
        if (status == 401) {
            problem.kind = ProblemKind::SignedOut;
            problem.title = "You are not signed in";
            problem.hint = "Sign in to Pravado in this browser, then try again.";
        } else if (status == 403) {
            problem.kind = ProblemKind::Forbidden;
            problem.title = "You have no access to this run";
            problem.hint = "Your account has no organization here, or not the one that the run belongs to. "
                           "Ask your administrator, or sign in with another account.";
        } else if (status == 404) {
            problem.kind = ProblemKind::NotFound;
            problem.title = "The run was not found";
            problem.hint
                = "It may have been deleted, belong to another organization than yours, or the link may be incomplete.";
        } else if (status == 429) {
            problem.kind = ProblemKind::TooManyRequests;
            problem.title = "Too many requests";
            problem.hint = "The server limits the requests of an address, which colleagues may share with you. "
                           "The run is loaded as soon as the server allows it.";
        } else if (status == 400 || status == 414 || status == 422) {
            problem.kind = ProblemKind::BadRunId;
            problem.title = "The server refused the run id";
            problem.hint = "Check the link: it may be incomplete.";
        } else {
            problem.kind = ProblemKind::ServerFailed;
            problem.title = status >= 500 ? "The server has a problem" : "The server refused the request";
            problem.hint = "Try again in a moment. If it stays, tell your administrator what is written here.";
        }
        bool const id_may_be_wrong = problem.kind == ProblemKind::NotFound || problem.kind == ProblemKind::BadRunId;
        if (id_may_be_wrong && !is_uuid(run_id))
            problem.hint = "Check the link: run ids are usually UUIDs, and \"" + one_line(run_id, 60) + "\" is none.";
        return problem;
    }

    // The HTTP status that goes with a code of docs/WIRE.md#requests; of any other, a refusal without a reason that we know.
    int status_of_code(std::string_view code)
    {
        if (code.ends_with("NOT_FOUND")) // of a run, a step, a route
            return 404;
        if (code == "NO_ORG_ACCESS" || code == "FORBIDDEN")
            return 403;
        if (code == "UNAUTHORIZED")
            return 401;
        if (code == kLimitCode)
            return 429;
        if (code == "VALIDATION_ERROR" || code == "BAD_REQUEST")
            return 400;
        return code == "INTERNAL_ERROR" ? 500 : 409;
    }

    // Ids that are longer are no ids to the product's API, which takes their address for one that it does not know.
    constexpr std::size_t kMostIdBytes = 100;

    Problem too_large(std::string detail)
    {
        return {.kind = ProblemKind::TooLarge,
            .title = "The run is too large to be shown",
            .detail = std::move(detail),
            .hint = "Nothing is wrong with the run: the API still has all of it.",
            .code = {}};
    }

} // namespace

Problem problem_no_run_id()
{
    return {.kind = ProblemKind::NoRunId,
        .title = "No run was named",
        .detail = "The address has no run id.",
        .hint = "Open the viewer as …/app/playbooks/runs/<run id> or …/index.html?run=<run id>.",
        .code = {}};
}

Problem problem_run_id_too_long()
{
    return {.kind = ProblemKind::BadRunId,
        .title = "This is not a run id",
        .detail = "The address names a run id of more than 200 characters.",
        .hint = "Check the link: something else may have been pasted into it.",
        .code = {}};
}

Problem problem_timed_out()
{
    return {.kind = ProblemKind::TimedOut,
        .title = "The server does not answer",
        .detail = "No answer within 30 seconds.",
        .hint = "Check your connection, then try again.",
        .code = {}};
}

Problem problem_unreachable(HttpAnswer const& answer)
{
    return {.kind = ProblemKind::Unreachable,
        .title = "The server could not be reached",
        .detail = one_line(answer.failure, 200),
        .hint = "Check your connection, then try again.",
        .code = {}};
}

Problem problem_refused(HttpAnswer const& answer, ServerError const& error, std::string_view run_id)
{
    // A refusal inside an answer of 200 is judged by its code, and so is a limit on requests, whatever the status.
    int status = answer.status < 400 ? status_of_code(error.code) : answer.status;
    if (is_limit(answer.status, error.code))
        status = 429;
    Problem problem = of_status(status, run_id);
    problem.status = answer.status;
    if (answer.status < 400 && run_id.size() > kMostIdBytes)
        problem.hint = "Check the link: a run id of more than 100 characters is none to this server.";
    else if (answer.status < 400 && problem.kind == ProblemKind::NotFound)
        problem.hint = "The server does not know this address. The link may be wrong, or the address of the API.";
    problem.code = one_line(error.code, 60);
    problem.detail = one_line(error.message, 400);
    if (problem.detail.empty())
        problem.detail = describe_answer(answer);
    return problem;
}

Problem problem_too_large(std::uint64_t answer_bytes, std::size_t memory)
{
    return too_large("The server's answer has " + format_bytes(static_cast<std::size_t>(answer_bytes))
        + " or more; up to " + format_bytes(most_document_bytes(memory)) + " can be read here.");
}

Problem problem_too_large(TooLarge const& read, std::size_t memory)
{
    if (read.step_bytes == 0)
        return too_large("Its document has more values than can be read at a time.");
    return too_large("Its steps, without their logs, take " + format_bytes(read.step_bytes)
        + " or more; a run may take " + format_bytes(memory) + " here.");
}

Problem problem_other_run(std::string_view asked, std::string_view answered)
{
    return {.kind = ProblemKind::OtherRun,
        .title = "The server answered with another run",
        .detail = "Asked for \"" + one_line(asked, 60) + "\", got \"" + one_line(answered, 60) + "\".",
        .hint = "A cache or a proxy in between may mix answers up. Try again; if it stays, tell your administrator.",
        .code = {}};
}

Problem problem_not_a_run(HttpAnswer const& answer, std::string const& reason, std::string_view run_id)
{
    // A refusal whose body is no JSON (a gateway's page) is told by its status; the body is no news.
    if (answer.status >= 400) {
        Problem problem = of_status(answer.status, run_id);
        problem.detail = describe_answer(answer);
        return problem;
    }
    return {.kind = ProblemKind::NotARun,
        .status = answer.status,
        .title = "The server's answer is not a playbook run",
        .detail = reason + " (" + describe_answer(answer) + ")",
        .hint = "The address of the API may be wrong, or a proxy may stand in between.",
        .code = {}};
}

} // namespace pev
