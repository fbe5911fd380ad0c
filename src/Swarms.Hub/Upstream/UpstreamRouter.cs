using System.Globalization;
using Swarms.Hub.Protocol;

namespace Swarms.Hub.Upstream;

/// <summary>
/// The upstreams of the hub. Sends each request to the one that its model chooses: the one that lists the model, or else the one whose
/// name comes before the model's first slash, or else the default. Safe from any thread.
/// Next: <see cref="SwarmsApi.SwarmsApiClient"/>, <see cref="Chat.ChatUpstream"/>.
/// </summary>
/// <param name="upstreams">All upstreams, the default first.</param>
internal sealed class UpstreamRouter(IReadOnlyList<NamedUpstream> upstreams) : IUpstream
{
    public const string DefaultName = "default";

    // A sentence that lists models stays one that a person reads.
    private const int MaxListedModels = 20;
    private const int MaxShownLength = 100;

    private readonly string[] _keys = [.. upstreams.Select(upstream => upstream.Options.ApiKey).OfType<string>()];

    /// <summary>The default upstream's.</summary>
    public UpstreamDescription Description => Default.Description;

    /// <summary>The upstreams beside the default.</summary>
    public IReadOnlyList<NamedUpstream> Others { get; } = [.. upstreams.Skip(1)];

    /// <summary>True if the default upstream takes models that no upstream lists.</summary>
    public bool IsOpen => !Default.IsClosed;

    /// <summary>The models that upstreams list, with the names of their upstreams.</summary>
    public IEnumerable<(string Model, string Upstream)> Models =>
        upstreams.SelectMany(upstream => upstream.Options.Models.Distinct().Select(model => (model, upstream.Name)));

    private NamedUpstream Default => upstreams[0];

    /// <summary>Returns the name of the upstream that takes a model; null if none does.</summary>
    public string? FindUpstream(string model) => Find(model) is var (upstream, _) ? upstream.Name : null;

    /// <summary>The first upstream that is the Swarms API or answers in its place; null without one.</summary>
    public NamedUpstream? SwarmsApi => upstreams.FirstOrDefault(upstream => upstream.TakesSwarms);

    public string? Refuse(string kind, ReadOnlyMemory<byte> body) => Refuse(kind, body, path: null);

    /// <summary>Returns the sentence that refuses a request; null if an upstream takes it.</summary>
    /// <param name="kind">One of <see cref="RunKinds"/>.</param>
    /// <param name="body">The request.</param>
    /// <param name="path">The path of another call of the Swarms API; null for an agent and a swarm.</param>
    public string? Refuse(string kind, ReadOnlyMemory<byte> body, string? path)
    {
        var (upstream, sent, refusal) = path is null ? Choose(kind, body) : ChooseForPath(body);
        return upstream is null ? refusal : upstream.TakesSwarms ? null : upstream.Upstream.Value.Refuse(kind, sent);
    }

    public RateLimit? FindLimit(string kind, ReadOnlyMemory<byte> body) => Choose(kind, body).Upstream?.Limit;

    public Task<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        var (upstream, body, refusal) = request.Path is null ? Choose(request.Kind, request.Body)
            : request.IsLookup ? ForLookup()
            : ChooseForPath(request.Body);
        if (upstream is null)
            throw new UpstreamException(ErrorCodes.Invalid, refusal!);

        // An upstream may repeat what it was told, and a task may hold another's key.
        IReadOnlyCollection<string> secrets = _keys.Length == 0 ? request.Secrets : [.. request.Secrets, .. _keys];
        return upstream.Upstream.Value.SendAsync(request with { Body = body, Secrets = secrets }, cancellationToken);
    }

    private Choice Choose(string kind, ReadOnlyMemory<byte> body)
    {
        if (upstreams.Count == 1 && Default is { TakesSwarms: true, IsClosed: false })
            return new(Default, body, null);

        var named = RequestModel.Read(kind, body.Span);
        if (named.Count == 0)
            return WithoutModel(kind, body);

        var renamed = new List<(RequestModel, string)>();
        NamedUpstream? chosen = null;
        foreach (var model in named)
        {
            if (Find(model.Name) is not var (upstream, name))
                return Refusal($"There is no model '{Shown(model.Name)}' here. {Listed()}");

            if (chosen is not null && chosen != upstream)
                return Refusal($"The agents of a swarm share one upstream, but these have models of {chosen.Name} and {upstream.Name}.");

            chosen = upstream;
            if (name != model.Name)
                renamed.Add((model, name));
        }

        return Of(chosen!, kind, renamed.Count == 0 ? body : RequestModel.Rename(body, renamed));
    }

    private Choice ForLookup() => SwarmsApi is { } upstream ? new(upstream, default, null) : NoSwarmsApi();

    // The models of such a call stand in many places, so no name chooses its upstream.
    private Choice ChooseForPath(ReadOnlyMemory<byte> body)
    {
        if (SwarmsApi is not { } upstream)
            return NoSwarmsApi();

        if (!upstream.IsClosed)
            return new(upstream, body, null);

        var models = RequestModel.ReadNames(body.Span);
        if (models.Count == 0)
            return Refusal($"The call names no model, and this hub's Swarms API takes these only. {Listed()}");

        return models.FirstOrDefault(model => !upstream.Lists(model)) is { } unknown
            ? Refusal($"There is no model '{Shown(unknown)}' here. {Listed()}")
            : new(upstream, body, null);
    }

    private static Choice NoSwarmsApi() =>
        Refusal("Only the Swarms API takes this call, and no upstream of this hub is one. Ask its operator, or start an agent.");

    private Choice WithoutModel(string kind, ReadOnlyMemory<byte> body)
    {
        if (Default is { TakesSwarms: true, IsClosed: false } || kind == RunKinds.Swarm)
            return Of(Default, kind, body);

        return Refusal($"agent_config.model_name is missing: it should be a model's name. {Listed()}");
    }

    private static Choice Of(NamedUpstream upstream, string kind, ReadOnlyMemory<byte> body) =>
        kind == RunKinds.Swarm && !upstream.TakesSwarms
            ? Refusal(
                $"A swarm runs on the Swarms API only, and this one's models belong to {upstream.Name} ({upstream.Description.Kind}). "
                + "Start its agents one by one, or give them models of the Swarms API.")
            : new(upstream, body, null);

    private static Choice Refusal(string sentence) => new(null, default, sentence);

    private (NamedUpstream Upstream, string Model)? Find(string model)
    {
        foreach (var upstream in upstreams)
        {
            if (upstream.Lists(model))
                return (upstream, model);
        }

        // A name without a model behind it would be sent as an empty one.
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && slash < model.Length - 1
            && Others.FirstOrDefault(one => one.Name.Equals(model[..slash], StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            var name = model[(slash + 1)..];
            return named.IsClosed && !named.Lists(name) ? null : (named, name);
        }

        return Default.IsClosed ? null : (Default, model);
    }

    private string Listed()
    {
        string[] models = [.. Models.Select(one => Shown(one.Model)), .. Others.Where(one => !one.IsClosed).Select(one => $"{one.Name}/…")];
        var rest = models.Length - MaxListedModels;
        var list = string.Join(", ", models.Take(MaxListedModels));
        return models.Length == 0 ? "Every name goes to the upstream."
            : rest > 0 ? string.Create(CultureInfo.InvariantCulture, $"There are: {list}, and {rest} more.")
            : $"There are: {list}.";
    }

    private static string Shown(string model) => UpstreamErrorText.Tidy(model) is var line && line.Length <= MaxShownLength
        ? line
        : $"{line[..(char.IsHighSurrogate(line[MaxShownLength - 1]) ? MaxShownLength - 1 : MaxShownLength)]}…";

    private readonly record struct Choice(NamedUpstream? Upstream, ReadOnlyMemory<byte> Body, string? Refusal);
}
