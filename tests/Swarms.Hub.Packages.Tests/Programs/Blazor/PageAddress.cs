using Microsoft.AspNetCore.Components;

namespace BlazorProgram;

/// <summary>The parameters of the page's address.</summary>
public sealed class PageAddress(NavigationManager navigation)
{
    public string Hub => Read("hub");

    public string Invite => Read("invite");

    private string Read(string name) => new Uri(navigation.Uri).Query.TrimStart('?').Split('&')
        .Select(part => part.Split('=', 2))
        .Where(part => part[0] == name)
        .Select(part => Uri.UnescapeDataString(part[1]))
        .Single();
}
