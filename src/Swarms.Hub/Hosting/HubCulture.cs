using System.Globalization;
using System.Text;

namespace Swarms.Hub.Hosting;

/// <summary>
/// The culture of the whole process. Names are compared by Unicode's rules, which come from the ICU library. Numbers and times are written
/// alike wherever the hub runs.
/// </summary>
internal static class HubCulture
{
    private const string MissingIcu =
        "The hub needs the ICU library for people's names, and .NET runs without it. Unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, "
        + "and install ICU: libicu-dev (Debian, Ubuntu), libicu (Fedora, SUSE), icu-libs and icu-data-full (Alpine). "
        + "macOS and Windows have it.";

    /// <summary>Returns null, or the sentence that says what is missing.</summary>
    public static string? Use()
    {
        var invariant = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = invariant;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = invariant;
        // Without ICU .NET leaves every text as it is, and says nothing.
        return "A\u0301".Normalize(NormalizationForm.FormC) == "\u00C1" ? null : MissingIcu;
    }
}
