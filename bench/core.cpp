// The deciding code as it is delivered, for the benchmarks that need no page: core.mjs calls these functions and holds the watch.
#include "shared/run/log_memory.h"
#include "shared/view/log_rows.h"
#include "shared/view/search.h"
#include "shared/view/text_search.h"
#include "shared/wire/decode.h"

#include <malloc.h>

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace {

constexpr std::size_t kLoggingSteps = 10;
constexpr std::size_t kPortion = 1u << 20; // of a search, bytes

std::string text;
std::vector<std::size_t> line_ends; // in it
std::optional<pev::RunAnswer> answer;
pev::RunModel run;
pev::StepSearch search;

// One log as its view has it.
struct LogView {
    pev::LogBuffer log;
    pev::LogLines lines;
    pev::LogTexts texts;
    pev::LogRows rows;
    pev::LogSearch search;
};
LogView view;

std::size_t hits_in_logs()
{
    std::size_t lines = 0;
    for (pev::StepHits const& hits : search.hits())
        lines += hits.log_lines;
    return lines;
}

} // namespace

extern "C" {

// Room for the text that the next call is about.
char* bench_text(std::size_t bytes)
{
    text.resize(bytes);
    return text.data();
}

// Decodes the text as an answer to a request for a run; returns how many steps it has.
std::size_t bench_decode()
{
    answer = pev::decode_run_answer(std::move(text));
    auto const* const decoded = std::get_if<pev::RunModel>(&*answer);
    return decoded == nullptr ? 0 : decoded->steps.size();
}

// Writes as many log lines as the next call takes in; returns how many bytes of text they are.
std::size_t bench_lines(std::size_t lines)
{
    line_ends.clear();
    text.clear();
    for (std::size_t i = 0; i < lines; ++i) {
        text += "worker-3 collected source " + std::to_string(i);
        text += i == lines / 2 ? ", which is the needle"
                               : " and found nothing to report about it, going on with the next";
        line_ends.push_back(text.size());
    }
    return text.size();
}

// Appends them to the logs of a run of a few steps that may take so much memory.
void bench_append(std::size_t memory)
{
    run.memory = memory;
    run.steps.resize(kLoggingSteps);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < line_ends.size(); ++i) {
        std::string_view const line = std::string_view{text}.substr(begin, line_ends[i] - begin);
        pev::LogBuffer& log = run.steps[i % kLoggingSteps].logs;
        std::size_t const before = log.bytes();
        log.append({.text = line, .level = pev::LogLevel::Info, .at = {}, .from_stream = true});
        run.log_bytes += log.bytes() - before;
        pev::fit_logs(run);
        begin = line_ends[i];
    }
    run.log_line_count = line_ends.size();
}

// Looks for a text that stands in one line in the middle, until it is found.
std::size_t bench_search_first()
{
    search.begin(run, "NEEDLE");
    while (!search.done() && hits_in_logs() == 0)
        search.look(run, kPortion);
    return hits_in_logs();
}

// Looks on to the end.
std::size_t bench_search_rest()
{
    search.look(run, std::numeric_limits<std::size_t>::max());
    return hits_in_logs();
}

// A log of a few hundred lines with one entry of some 3.5 MB in the middle: `states` states that were written over each
// other, or as much text that was not where it is 0.
std::size_t bench_entry(std::size_t states)
{
    constexpr std::size_t kBytes = 3'500'000;
    text.clear();
    for (std::size_t i = 0; i < states; ++i)
        text += "\r\x1b[2K\x1b[32m" + std::to_string(i) + "\x1b[0m " + std::string(i * 60 / states, '#')
            + std::string(60 - i * 60 / states, '.') + " layers of the image, \x1b[1m4.2 MB/s\x1b[0m, needle";
    while (text.size() < kBytes)
        text += "layers of the image, all of which were fetched at 4.2 MB/s, with a needle in it; ";
    view = {};
    for (std::size_t i = 0; i < 400; ++i)
        view.log.append({.text = i == 200 ? std::string_view{text} : "an ordinary line of a log, with a needle",
            .level = pev::LogLevel::None,
            .at = {},
            .from_stream = true});
    return text.size();
}

// A frame of a log view whose middle is in sight: forty rows, wrapped at a hundred columns. Returns the rows that there are.
std::size_t bench_frame(bool searches)
{
    view.lines.update(view.log, "step", pev::kAllLogLevels);
    while (!view.texts.update(view.log, view.lines)) {}
    while (!view.rows.update(view.log, view.lines, view.texts, {.columns = 100})) {}
    while (!view.search.update(view.log, view.lines, view.texts, searches ? "needle" : "")) {}
    std::size_t const last = view.rows.size() - 190; // what stands behind the entry takes a row each
    for (std::size_t i = last - 40; i < last; ++i) {
        pev::LogRows::Row row = view.rows.line_at(i);
        view.rows.place(row, view.texts.of(view.log, view.lines[row.index]).text);
    }
    return view.rows.size();
}

std::size_t bench_used_bytes()
{
    return static_cast<std::size_t>(mallinfo().uordblks);
}

// Gives back what the calls have made.
void bench_forget()
{
    view = {};
    answer.reset();
    run = {};
    search = {};
}

} // extern "C"
