namespace Serverless.Assets.State;

/// <summary>What a journal says.</summary>
/// <param name="BrokenLines">Lines in it that are not whole; a torn last line does not count.</param>
/// <param name="IsUnreadable">It is no journal of this version.</param>
internal sealed record JournalContents(IReadOnlyList<JournalEntry> Entries, int BrokenLines, bool IsUnreadable)
{
    public static JournalContents Empty { get; } = new([], 0, false);

    public static JournalContents Unreadable { get; } = new([], 0, true);
}
