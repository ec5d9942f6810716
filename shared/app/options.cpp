#include "shared/app/options.h"

#include "shared/base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace pev {

namespace {

    constexpr std::string_view kRunPath = "/playbooks/runs/";

    struct Parameter {
        std::string name;
        std::string value;
    };

    std::vector<Parameter> split_query(std::string_view query)
    {
        std::vector<Parameter> parameters;
        if (query.starts_with('?'))
            query.remove_prefix(1);
        while (!query.empty()) {
            std::string_view const pair = query.substr(0, query.find('&'));
            query.remove_prefix(std::min(query.size(), pair.size() + 1));
            if (pair.empty())
                continue;
            std::size_t const equals = pair.find('=');
            std::string_view const value
                = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
            parameters.push_back({percent_decode(pair.substr(0, equals), true), percent_decode(value, true)});
        }
        return parameters;
    }

    std::string join_query(std::vector<Parameter> const& parameters)
    {
        std::string query;
        for (Parameter const& parameter : parameters)
            query
                += (query.empty() ? "" : "&") + percent_encode(parameter.name) + "=" + percent_encode(parameter.value);
        return query;
    }

    // An empty value is the default: the parameter goes away.
    void set_parameter(std::vector<Parameter>& parameters, std::string_view name, std::string value)
    {
        auto const is_named = [&](Parameter const& p) { return p.name == name; };
        auto const found = std::find_if(parameters.begin(), parameters.end(), is_named);
        if (found != parameters.end()) // of one that stands twice the last would count
            parameters.erase(std::remove_if(std::next(found), parameters.end(), is_named), parameters.end());
        if (found != parameters.end() && value.empty())
            parameters.erase(found);
        else if (found != parameters.end())
            found->value = std::move(value);
        else if (!value.empty())
            parameters.push_back({std::string{name}, std::move(value)});
    }

    std::vector<std::string> split_list(std::string_view list)
    {
        std::vector<std::string> items;
        while (!list.empty()) {
            std::string_view const item = list.substr(0, list.find(','));
            list.remove_prefix(std::min(list.size(), item.size() + 1));
            if (!item.empty())
                items.emplace_back(item);
        }
        return items;
    }

    std::string join_list(std::vector<std::string> const& items)
    {
        std::string list;
        for (std::string const& item : items)
            list += (list.empty() ? "" : ",") + item;
        return list;
    }

    std::string run_in_path(std::string_view path)
    {
        std::size_t const at = path.rfind(kRunPath);
        if (at == std::string_view::npos)
            return {};
        std::string_view run = path.substr(at + kRunPath.size());
        run = run.substr(0, run.find('/'));
        return run == "index.html" ? std::string{} : percent_decode(run);
    }

    std::size_t count_characters(std::string_view text)
    {
        // Every byte but the continuation bytes of UTF-8 begins one.
        return static_cast<std::size_t>(std::count_if(
            text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    }

    template <typename Value>
    using Choices = std::vector<std::pair<std::string_view, Value>>;

    Choices<ThemeChoice> const& theme_choices()
    {
        static Choices<ThemeChoice> const kChoices{
            {"system", ThemeChoice::System}, {"light", ThemeChoice::Light}, {"dark", ThemeChoice::Dark}};
        return kChoices;
    }

    Choices<TimeZoneChoice> const& time_zone_choices()
    {
        static Choices<TimeZoneChoice> const kChoices{{"local", TimeZoneChoice::Local}, {"utc", TimeZoneChoice::Utc}};
        return kChoices;
    }

    void complain(Parameter const& parameter, Options& options)
    {
        options.complaints.push_back(
            "address: " + parameter.name + "=" + one_line(parameter.value, 40) + " is not known; the default is used");
    }

    // Whole megabytes, no more than the default: that is what a page has room for.
    void read_memory(Parameter const& parameter, Options& options)
    {
        std::size_t megabytes = 0;
        char const* const end = parameter.value.data() + parameter.value.size();
        auto const [behind, error] = std::from_chars(parameter.value.data(), end, megabytes);
        if (error == std::errc{} && behind == end && megabytes >= 1 && megabytes <= kRunMemory >> 20U)
            options.memory = megabytes << 20U;
        else
            complain(parameter, options);
    }

    // Sets `target` where the value is one of the choices, and complains otherwise.
    template <typename Value>
    void choose(Parameter const& parameter, Choices<Value> const& choices, Value& target, Options& options)
    {
        for (auto const& [word, value] : choices) {
            if (word == parameter.value) {
                target = value;
                return;
            }
        }
        complain(parameter, options);
    }

    template <typename Value>
    std::string word_of(Choices<Value> const& choices, Value value)
    {
        for (auto const& [word, choice] : choices) {
            if (choice == value)
                return std::string{word};
        }
        return {};
    }

    void read_parameter(Parameter const& parameter, Options& options)
    {
        std::string const& name = parameter.name;
        if (name == "run")
            options.run = parameter.value;
        else if (name == "api") {
            if (!parameter.value.empty())
                options.api = parameter.value;
        } else if (name == "profile")
            choose(parameter, {{"api", Profile::Api}, {"app", Profile::App}}, options.profile, options);
        else if (name == "stream")
            choose(parameter, {{"on", true}, {"off", false}}, options.stream, options);
        else if (name == "step")
            options.step = parameter.value;
        else if (name == "q")
            options.search = parameter.value;
        else if (name == "state")
            options.states = split_list(parameter.value);
        else if (name == "type")
            options.types = split_list(parameter.value);
        else if (name == "theme")
            choose(parameter, theme_choices(), options.theme, options);
        else if (name == "tz")
            choose(parameter, time_zone_choices(), options.time_zone, options);
        else if (name == "probe")
            choose(parameter, {{"1", true}, {"0", false}}, options.probe, options);
        else if (name == "memory")
            read_memory(parameter, options);
    }

} // namespace

std::optional<ThemeChoice> theme_named(std::string_view word)
{
    for (auto const& [known, theme] : theme_choices()) {
        if (known == word)
            return theme;
    }
    return std::nullopt;
}

void name_run(Options& options, std::string run)
{
    options.run = std::move(run);
    options.run_too_long = count_characters(options.run) > kMaxRunIdCharacters;
    if (options.run_too_long)
        options.complaints.emplace_back("a run id of more than 200 characters");
}

Options parse_address(std::string_view path, std::string_view query)
{
    Options options;
    options.query = query;
    options.run = run_in_path(path);
    for (Parameter const& parameter : split_query(query))
        read_parameter(parameter, options);
    while (options.api.ends_with('/'))
        options.api.pop_back();
    name_run(options, std::move(options.run));
    return options;
}

std::string format_address(Options const& options)
{
    std::vector<Parameter> parameters = split_query(options.query);
    auto const set
        = [&](std::string_view name, std::string value) { set_parameter(parameters, name, std::move(value)); };
    set("step", options.step);
    set("q", options.search);
    set("state", join_list(options.states));
    set("type", join_list(options.types));
    set("theme", options.theme == ThemeChoice::System ? std::string{} : word_of(theme_choices(), options.theme));
    set("tz",
        options.time_zone == TimeZoneChoice::Local ? std::string{} : word_of(time_zone_choices(), options.time_zone));
    return join_query(parameters);
}

std::string link_to_step(Options const& options, std::string step)
{
    Options linked = options;
    linked.step = std::move(step);
    linked.search.clear();
    linked.states.clear();
    linked.types.clear();
    return options.page + "?" + format_address(linked);
}

std::string with_run(std::string_view query, std::string const& run)
{
    std::vector<Parameter> parameters = split_query(query);
    set_parameter(parameters, "run", run);
    return join_query(parameters);
}

} // namespace pev
