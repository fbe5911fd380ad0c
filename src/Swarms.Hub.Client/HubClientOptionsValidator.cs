using Microsoft.Extensions.Options;

namespace Swarms.Hub.Client;

/// <summary>Refuses options of <c>AddSwarmsHubClient</c> that no client can be made with, when the program starts.</summary>
internal sealed class HubClientOptionsValidator : IValidateOptions<HubClientOptions>
{
    public ValidateOptionsResult Validate(string? name, HubClientOptions options)
    {
        if (options.Address is null)
            return ValidateOptionsResult.Fail("Address is missing: set it to the hub's address, such as http://localhost:5080.");

        try
        {
            HubApi.RequireAddress(options.Address, nameof(options.Address));
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
