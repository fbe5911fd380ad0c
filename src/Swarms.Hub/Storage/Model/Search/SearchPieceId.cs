namespace Swarms.Hub.Storage.Model;

/// <summary>
/// The number of a piece of text in the index: its room, the first sequence of what it belongs to, and its place there. So the pieces of a
/// room are one range of the index, in the order of their sequences, and a page reads no more of it than it shows.
/// </summary>
internal static class SearchPieceId
{
    /// <summary>The most pieces of one run, message, agent or member.</summary>
    public const int MaxParts = 1 << PartBits;

    private const int PartBits = 11;
    private const int SequenceBits = 28;
    private const int RoomBits = 24;

    /// <summary>True if the index has a number for it. Further events of a room, and further rooms, are not searched.</summary>
    public static bool Fits(long roomKey, long sequence) => roomKey < 1L << RoomBits && sequence < 1L << SequenceBits;

    /// <summary>Returns the number of a part.</summary>
    public static long Of(long roomKey, long sequence, int part) => (((roomKey << SequenceBits) | sequence) << PartBits) | (uint)part;

    /// <summary>Returns the first number behind those of the sequence.</summary>
    public static long After(long roomKey, long sequence) => Of(roomKey, sequence, MaxParts - 1) + 1;

    /// <summary>Returns the first number of a room; that of the next key is behind its last.</summary>
    public static long First(long roomKey) => roomKey << (SequenceBits + PartBits);

    /// <summary>Returns the sequence of a piece.</summary>
    public static long SequenceOf(long id) => (id >> PartBits) & ((1L << SequenceBits) - 1);
}
