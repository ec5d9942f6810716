// Run documents: decoded, merged and looked at.
//
// Input: one document, or two with a record separator (0x1E) between them. The second is merged into the first.
#include "shared/run/merge.h"
#include "shared/wire/decode.h"
#include "tests/fuzz/fuzzer.h"
#include "tests/fuzz/view_run.h"

#include <string>
#include <variant>

namespace pev::fuzz {

namespace {

    constexpr DocumentTimes kTimes{.sent = Instant{}, .received = Instant{}};

    // Every second step, as if events had told of them while the document was on its way.
    void touch_some_steps(RunModel& run)
    {
        for (std::size_t i = 0; i < run.steps.size(); i += 2)
            run.steps[i].told_at = kTimes.sent;
    }

    void expect_nothing_new(RunModel const& before, RunModel const& after)
    {
        expect(before.steps.size() == after.steps.size(), "a document fetched again has the same steps");
        expect(before.revision == after.revision, "a document fetched again leaves the run's revision alone");
        for (StepRun const& step : before.steps) {
            StepRun const* const known = after.find(step.ref);
            expect(known != nullptr && known->revision == step.revision, "and that of its steps");
        }
    }

    // As a large document is read: some bytes at a time.
    RunAnswer decode_in_portions(std::string_view input)
    {
        RunDecoder decoder{std::string{input}};
        while (decoder.decode(200)) {}
        return decoder.answer();
    }

    // In a memory that is too small for most of it.
    void view_what_fits(std::string_view input)
    {
        RunDecoder decoder{std::string{input}, 4'000};
        while (decoder.decode(200)) {}
        RunAnswer const answer = decoder.answer();
        if (auto const* const run = std::get_if<RunModel>(&answer)) {
            expect(run->log_bytes <= run->memory, "logs fit into the memory");
            view_run(*run);
        }
    }

} // namespace

void run_one(std::string_view input)
{
    std::size_t const separator = input.find('\x1E');
    RunAnswer first = decode_run_answer(std::string{input.substr(0, separator)});
    RunAnswer const in_portions = decode_in_portions(input.substr(0, separator));
    expect(first.index() == in_portions.index(), "portions make no difference");
    auto* const run = std::get_if<RunModel>(&first);
    if (run == nullptr)
        return;
    expect(run->steps == std::get<RunModel>(in_portions).steps, "portions make no difference to steps");
    view_run(*run);
    view_what_fits(input.substr(0, separator));

    note_document(*run, kTimes);
    RunModel refreshed = *run;
    merge(refreshed, *run, kTimes);
    view_run(refreshed);
    expect_nothing_new(*run, refreshed);

    if (separator == std::string_view::npos)
        return;
    RunAnswer second = decode_run_answer(std::string{input.substr(separator + 1)});
    if (auto* const fetched = std::get_if<RunModel>(&second)) {
        bool const was_over = run->over();
        run->told_at = kTimes.sent;
        touch_some_steps(*run);
        merge(*run, std::move(*fetched), kTimes);
        view_run(*run);
        expect(run->over() || !was_over, "a run whose end was just told stays over");
    }
}

} // namespace pev::fuzz
