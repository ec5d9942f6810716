#include "shared/run/log_intake.h"

#include <algorithm>
#include <optional>

namespace pev {

namespace {

    // Lines that are told out of order are off by moments. One that is older than that was stamped by another clock.
    constexpr Duration kOutOfOrder = std::chrono::seconds{5};
    // How far back the place of a late line is looked for.
    constexpr std::size_t kLookBack = 2'000;

    using Place = std::optional<std::size_t>;

    class Intake {
    public:
        Intake(LogBuffer& log, LogLine const& line) : log_(log), line_(line) {}

        // The line that an earlier opening of the stream told with this time and text, and this one has not told again yet.
        Place find_told_before() const
        {
            if (!line_.at)
                return std::nullopt;
            // A replay goes on behind the line that it told last.
            std::size_t const behind = log_.behind_retold();
            bool const goes_on = behind > log_.first() && log_[behind - 1].opening == line_.opening;
            std::size_t const begin = goes_on ? behind : first_not_before(*line_.at);
            for (std::size_t i = begin; i < log_.behind_stream(); ++i) {
                LogLine const known = log_[i];
                if (!known.from_stream || known.opening == line_.opening)
                    continue;
                if (known.at == line_.at && known.text == line_.text)
                    return i;
                if (known.at && *known.at > *line_.at + kOutOfOrder)
                    break;
            }
            return std::nullopt;
        }

        // The first line that only the document has and that has this text. Not before what the stream told earlier than it.
        Place find_unconfirmed() const
        {
            for (std::size_t i = behind_older(); i < log_.end(); ++i) {
                LogLine const known = log_[i];
                if (!known.from_stream && known.text == line_.text)
                    return i;
            }
            return std::nullopt;
        }

        // A line of this text that only the document has, and that stands before what the stream told earlier. Lines of one text
        // can be told apart by nothing but their order: one that was told was taken for the wrong one of them.
        Place find_mistaken() const
        {
            std::size_t const behind = log_.behind_stream();
            for (std::size_t i = behind; i > look_back_from(behind); --i) {
                LogLine const known = log_[i - 1];
                if (!known.from_stream && known.text == line_.text)
                    return i - 1;
            }
            return std::nullopt;
        }

        // Each of the told lines of this text moves up to the one before, and this one takes the place of the last.
        void confirm_from(std::size_t place)
        {
            for (std::size_t i = place + 1; i < log_.behind_stream(); ++i) {
                LogLine const known = log_[i];
                if (!known.from_stream || known.text != line_.text)
                    continue;
                log_.confirm(place, known);
                place = i;
            }
            log_.confirm(place, line_);
        }

        // Where lines stand at the end that only the document has: behind the line of the same time and text that this opening
        // of the stream has told. Told twice, it belongs there, and is none of those.
        Place behind_twin() const
        {
            std::size_t const behind = log_.behind_stream();
            if (behind == log_.end() || !line_.at)
                return std::nullopt;
            for (std::size_t i = behind; i > look_back_from(behind); --i) {
                LogLine const known = log_[i - 1];
                if (known.at == line_.at && known.text == line_.text)
                    return i;
                if (known.at && *known.at < *line_.at)
                    break;
            }
            return std::nullopt;
        }

        // By its time: behind all that is not newer.
        std::size_t place() const
        {
            std::size_t place = log_.end();
            std::size_t const oldest = look_back_from(place);
            for (std::size_t i = place; line_.at && i > oldest; --i) {
                LogLine const known = log_[i - 1];
                if (!known.at)
                    continue;
                if (*known.at <= *line_.at || *known.at > *line_.at + kOutOfOrder)
                    break;
                place = i - 1;
            }
            return place;
        }

        // A line that was told before and is not there any more.
        bool was_dropped(bool may_be_documented) const
        {
            if (log_.first() == 0 || !line_.at)
                return false;
            return log_.dropped_until() ? *line_.at <= *log_.dropped_until() : may_be_documented;
        }

    private:
        std::size_t look_back_from(std::size_t number) const
        {
            return number - std::min(number - log_.first(), kLookBack);
        }

        // Told lines ascend by time, but for moments.
        std::size_t first_not_before(Instant at) const
        {
            std::size_t first = log_.behind_stream();
            for (std::size_t i = first; i > log_.first(); --i) {
                LogLine const known = log_[i - 1];
                if (!known.at)
                    continue;
                if (*known.at < at - kOutOfOrder)
                    break;
                if (*known.at >= at)
                    first = i - 1;
            }
            return first;
        }

        // Behind the newest told line that is older than this one.
        std::size_t behind_older() const
        {
            std::size_t const behind = log_.behind_stream();
            if (!line_.at)
                return behind;
            std::size_t const oldest = look_back_from(behind);
            for (std::size_t i = behind; i > oldest; --i) {
                LogLine const known = log_[i - 1];
                bool const older = known.at && *known.at < *line_.at;
                bool const other_clock = known.at && *known.at > *line_.at + kOutOfOrder;
                if (older || other_clock)
                    return i;
            }
            return oldest;
        }

        LogBuffer& log_;
        LogLine const& line_;
    };

} // namespace

TakenLine take_in(LogBuffer& log, ToldLine const& told)
{
    Intake intake{log, told.line};
    if (told.replayed) {
        if (Place const known = intake.find_told_before()) {
            log.retell(*known, told.line.opening);
            return {LineNews::Known};
        }
    }
    Place const behind_twin = intake.behind_twin();
    if (told.may_be_documented && !behind_twin) {
        if (Place const known = intake.find_unconfirmed()) {
            log.confirm(*known, told.line);
            return {LineNews::Confirmed};
        }
        if (Place const known = intake.find_mistaken()) {
            intake.confirm_from(*known);
            return {LineNews::Confirmed};
        }
    }
    if ((told.replayed || told.may_be_documented) && intake.was_dropped(told.may_be_documented))
        return {LineNews::Known};
    std::size_t const place = behind_twin.value_or(intake.place());
    if (place == log.end())
        log.append(told.line);
    else
        log.insert(place, told.line);
    return {LineNews::Added, place};
}

} // namespace pev
