namespace Serverless.Assets.State;

/// <summary>One line of the journal: exactly one of the fields is set.</summary>
internal sealed record JournalEntry
{
    /// <summary>First line of a journal: the version of its format.</summary>
    public int? Version { get; init; }

    public RememberedUpload? Upload { get; init; }

    public RememberedHash? Hash { get; init; }

    /// <summary>SID of an Asset Version that is gone.</summary>
    public string? Forget { get; init; }
}
