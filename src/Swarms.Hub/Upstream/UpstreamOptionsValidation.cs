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

        InRange("ConnectTimeout", options.ConnectTimeout, TimeSpan.FromMinutes(10));
        InRange("IdleTimeout", options.IdleTimeout, TimeSpan.FromDays(1));
        BytesInRange("MaxFrameBytes", options.MaxFrameBytes, 32);
        BytesInRange("MaxJsonBytes", options.MaxJsonBytes, 256);
        BytesInRange("MaxRefusalBytes", options.MaxRefusalBytes, 16);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void InRange(string setting, TimeSpan value, TimeSpan max)
        {
            if (value <= TimeSpan.Zero || value > max)
                problems.Add($"Upstream:{setting} must be more than 0 and at most {max}, but is {value}.");
        }

        void BytesInRange(string setting, int value, int maxMebibytes)
        {
            var max = maxMebibytes * 1024 * 1024;
            if (value < 1024 || value > max)
                problems.Add($"Upstream:{setting} must be 1024 to {max} bytes, but is {value}.");
        }
    }

    private static bool IsBaseAddress(Uri? address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    // The part before the @ may be a password.
    private static string? Shown(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: > 0 } ? $"{address.Scheme}://…@{address.Authority}" : address?.OriginalString;
}
