using System.Net;

namespace Swarms.Hub.Upstream.SwarmsApi;

/// <summary>A request's body in slices that lie where they were read, so that sending it copies nothing.</summary>
internal sealed class SlicedContent(IReadOnlyList<ReadOnlyMemory<byte>> slices) : HttpContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = slices.Sum(slice => (long)slice.Length);
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var slice in slices)
            await stream.WriteAsync(slice, cancellationToken);
    }
}
