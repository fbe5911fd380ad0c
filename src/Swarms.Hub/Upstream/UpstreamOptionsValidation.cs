using Microsoft.Extensions.Options;
using Swarms.Hub.Settings;

namespace Swarms.Hub.Upstream;

/// <summary>
/// Refuses at the start, with the given value, settings with which no call could succeed, and models that two upstreams list. Never prints
/// a key.
/// </summary>
internal sealed class UpstreamOptionsValidation(IServiceProvider services)
    : IValidateOptions<UpstreamOptions>, IValidateOptions<NamedSettings<UpstreamOptions>>
{
    public ValidateOptionsResult Validate(string? name, UpstreamOptions options) => Result(Problems("Upstream", options));

    public ValidateOptionsResult Validate(string? name, NamedSettings<UpstreamOptions> options) => Result(
    [
        .. options.All.SelectMany(one => NamedProblems(one.Name, one.Options)),
        .. RepeatedModels([
            ("Upstream", services.GetRequiredService<IOptions<UpstreamOptions>>().Value),
            .. options.All.Select(one => ($"Upstreams:{one.Name}", one.Options)),
        ]),
    ]);

    private static ValidateOptionsResult Result(List<string> problems) =>
        problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

    private static IEnumerable<string> NamedProblems(string name, UpstreamOptions options)
    {
        if (name.Equals(UpstreamRouter.DefaultName, StringComparison.OrdinalIgnoreCase))
            yield return $"Upstreams:{name} must have another name: the settings of the default upstream are in the section Upstream.";

        if (options.Kind is null)
        {
            yield return $"Upstreams:{name}:Kind is missing: it must be {string.Join(" or ", Enum.GetNames<UpstreamKind>())}.";
            yield break;
        }

        foreach (var problem in Problems($"Upstreams:{name}", options))
            yield return problem;
    }

    private static List<string> Problems(string section, UpstreamOptions options)
    {
        var problems = new List<string>();
        if (!IsBaseAddress(options.Address))
            problems.Add(
                $"{section}:BaseAddress must be an absolute http or https address without user, query or fragment, "
                + $"but is '{Shown(options.Address)}'.");

        if (options.ApiKey is { } key && key.Any(unit => unit is <= ' ' or > '~'))
            problems.Add($"{section}:ApiKey may hold only visible ASCII characters.");

        if (options.ApiKey is null && options.Kind == UpstreamKind.Swarms)
        {
            problems.Add(
                section == "Upstream"
                    ? "No key of the Swarms API is set: Upstream:ApiKey and SWARMS_API_KEY are empty. Set one of them; "
                        + "or set Upstream:Kind to simulator, whose answers are invented."
                    : $"{section}:ApiKey is empty: the Swarms API takes a key.");
        }

        // A server in one's own network often takes no key.
        if (options.ApiKey is null && options.Kind is UpstreamKind.OpenAi or UpstreamKind.Anthropic
            && options.Address.Host.Equals(UpstreamOptions.DefaultAddress(options.Kind).Host, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add($"{section}:ApiKey is empty: {options.Address.Host} takes a key. For another server, set {section}:BaseAddress.");
        }

        return problems;
    }

    private static IEnumerable<string> RepeatedModels(IEnumerable<(string Section, UpstreamOptions Options)> upstreams) =>
        from upstream in upstreams
        from model in upstream.Options.Models.Distinct()
        group upstream.Section by model
        into listed
        where listed.Count() > 1
        select $"The model '{listed.Key}' is listed by {string.Join(" and ", listed.Select(section => $"{section}:Models"))}. "
            + "A run with it could go to either: list it once.";

    private static bool IsBaseAddress(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    // The part before the @ may be a password.
    private static string Shown(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: > 0 } ? $"{address.Scheme}://…@{address.Authority}" : address.OriginalString;
}
