using Xunit.Sdk;
using Xunit.v3;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Starts the classes that take a minute or more before the others: the tests of a class run one after another, so a long class that
/// starts last would keep one core busy and leave the others idle.
/// </summary>
/// <remarks>
/// xunit queues all collections at once, and the thread pool takes the first ones (as many as run in parallel) from the beginning of
/// the queue and the rest from its end. Another order would only cost time.
/// </remarks>
public sealed class LongestClassesFirst : ITestCollectionOrderer
{
    private static readonly string[] AtBeginning = [nameof(ScenarioTests), nameof(Documents.DocumentTests)];

    /// <summary>The last one starts first.</summary>
    private static readonly string[] AtEnd =
    [
        nameof(BlazorSampleTests),
        nameof(Pipelines.GitHubActionTests),
        nameof(DeploymentTargetTests),
        nameof(WebProjectTests),
        nameof(SolutionTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderByDescending(collection => IndexIn(AtBeginning, collection) >= 0)
                .ThenBy(collection => IndexIn(AtBeginning, collection))
                .ThenBy(collection => IndexIn(AtEnd, collection)),
        ];

    /// <summary>A class without an attribute is a collection that is named after it.</summary>
    private static int IndexIn(string[] classes, ITestCollection collection) =>
        Array.FindIndex(
            classes,
            name => collection.TestCollectionDisplayName.Contains($".{name} ", StringComparison.Ordinal)
        );
}
