namespace Serverless.Assets.Mapping;

/// <summary>
/// The folders of the site that go to other Services. The longest prefix of a path decides; a path that no rule matches
/// goes to the default Service. Paths are compared ordinally, as the service compares them.
/// </summary>
internal sealed class ServiceRules(IReadOnlyList<ServiceRule> rules)
{
    private readonly IReadOnlyList<ServiceRule> _longestFirst =
    [
        .. rules.OrderByDescending(rule => rule.Prefix.Length).ThenBy(rule => rule.Prefix, StringComparer.Ordinal),
    ];

    public static ServiceRules None { get; } = new([]);

    /// <summary>In the order of the setting.</summary>
    public IReadOnlyList<ServiceRule> All => rules;

    /// <summary>The Services besides the default one, each once, in the order of the setting.</summary>
    public IReadOnlyList<string> Services =>
        [.. rules.Select(rule => rule.Service).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <returns>Null if no rule matches the path.</returns>
    public ServiceRule? Find(string path) =>
        _longestFirst.FirstOrDefault(rule => path.StartsWith(rule.Prefix, StringComparison.Ordinal));

    /// <summary>
    /// Assigns each file to its Service. The copy of the start page goes where the page goes: the service answers <c>/</c>
    /// with it.
    /// </summary>
    public AssignedFiles Assign(IReadOnlyList<MappedFile> files)
    {
        var used = new HashSet<ServiceRule>();
        var assigned = new List<MappedFile>(files.Count);
        foreach (var file in files)
        {
            var rule = Find(file.IsRootIndexCopy ? RootIndex.Page : file.Path);
            assigned.Add(file with { Service = rule?.Service });
            if (rule is not null)
            {
                used.Add(rule);
            }
        }

        return new AssignedFiles(assigned, [.. rules.Where(rule => !used.Contains(rule))]);
    }
}

/// <summary>A folder of the site and the Service that its files go to.</summary>
/// <param name="Prefix">Begins and ends with <c>/</c>.</param>
/// <param name="Service">Unique name or SID; null: the default Service.</param>
internal sealed record ServiceRule(string Prefix, string? Service);

/// <param name="Files">In the given order.</param>
/// <param name="Unused">The rules that decide about no file.</param>
internal sealed record AssignedFiles(IReadOnlyList<MappedFile> Files, IReadOnlyList<ServiceRule> Unused);
