using System.ComponentModel.DataAnnotations;

namespace Swarms.Hub.Rooms;

/// <summary>Section <c>HoldBack</c>: how rooms hold texts back where their hosts chose nothing.</summary>
internal sealed class HoldBackOptions
{
    /// <summary>
    /// <c>off</c>, <c>timed</c> (texts are released after <see cref="Seconds"/>) or <c>manual</c> (a host releases them). Default
    /// <c>off</c>.
    /// </summary>
    [RegularExpression("^(off|timed|manual)$", ErrorMessage = "off, timed or manual")]
    public string Mode { get; set; } = "off";

    /// <summary>The time for which <c>timed</c> holds a text: 0 to 60 seconds. Default 10.</summary>
    [Range(0, 60)]
    public int Seconds { get; set; } = 10;

    /// <summary>Hosts keep what was held. Default false.</summary>
    public bool KeepLane { get; set; }

    /// <summary>What happens when no host is here: <c>stop</c> the run or <c>release</c> its text. Default <c>stop</c>.</summary>
    [RegularExpression("^(stop|release)$", ErrorMessage = "stop or release")]
    public string WithoutHost { get; set; } = "stop";
}
