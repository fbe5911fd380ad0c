using System.Text;

namespace Swarms.Hub.Client.Tests.Cli;

/// <summary>A <see cref="StringWriter"/> that may be read while others write.</summary>
internal sealed class WrittenText : TextWriter
{
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_text)
            _text.Append(value);
    }

    public override void Write(string? value)
    {
        lock (_text)
            _text.Append(value);
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString();
    }
}
