using System.Text;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>An output that fails at every write.</summary>
internal sealed class BrokenWriter(Exception failure) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw failure;
}
