using Swarms.Hub.Protocol;

namespace Swarms.Hub.Client;

public sealed partial class RoomClient
{
    /// <summary>Lets other pages show one run, by a token that is shown only here. Hosts.</summary>
    public Task<EmbedCreated> CreateEmbedAsync(CreateEmbedRequest request, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync<EmbedCreated>(HttpMethod.Post, "/embeds", request, isRepeatable: false, cancellationToken);

    /// <summary>The embeds that have not expired, newest first, without their tokens. Hosts.</summary>
    public async Task<IReadOnlyList<Embed>> ListEmbedsAsync(CancellationToken cancellationToken = default) =>
        (await _endpoint.SendAsync<EmbedList>(HttpMethod.Get, "/embeds", null, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false)).Embeds;

    /// <summary>Revokes an embed: its readers' connections end at once. Hosts.</summary>
    public Task RevokeEmbedAsync(string embedId, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(HttpMethod.Delete, $"/embeds/{Escape(embedId)}", null, isRepeatable: false, cancellationToken);
}
