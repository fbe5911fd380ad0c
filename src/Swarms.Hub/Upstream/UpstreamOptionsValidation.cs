using Microsoft.Extensions.Options;

namespace Swarms.Hub.Upstream;

/// <summary>Refuses at the start, with the given value, settings with which no call could succeed. Never prints a key.</summary>
internal sealed class UpstreamOptionsValidation : IValidateOptions<UpstreamOptions>
{
    public ValidateOptionsResult Validate(string? name, UpstreamOptions options)
    {
        var problems = new List<string>();
        if (!IsBaseAddress(options.BaseAddress))
            problems.Add(
                "Upstream:BaseAddress must be an absolute http or https address without user, query or fragment, "
                + $"but is '{Shown(options.BaseAddress)}'.");

        if (options.ApiKey is { } key && key.Any(unit => unit is <= ' ' or > '~'))
            problems.Add("Upstream:ApiKey may hold only visible ASCII characters.");

        if (!options.IsSimulated && options.ApiKey is null)
        {
            problems.Add(
                "No key of the Swarms API is set: Upstream:ApiKey and SWARMS_API_KEY are empty. Set one of them; "
                + "or set Upstream:Kind to simulator, whose answers are invented.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsBaseAddress(Uri? address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    // The part before the @ may be a password.
    private static string? Shown(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: > 0 } ? $"{address.Scheme}://…@{address.Authority}" : address?.OriginalString;
}
