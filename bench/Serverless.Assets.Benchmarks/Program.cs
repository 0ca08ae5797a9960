using Serverless.Assets.Benchmarks;
using Serverless.Assets.Benchmarks.Comparison;
using Serverless.Assets.Benchmarks.Scenarios;

// dotnet run -c Release --project bench/Serverless.Assets.Benchmarks [-- scenario …]: without a name, all of them.
// With compare as the first argument: this product and the public Node toolkit.
if (args is ["--worker", var folder, var address, var stateStore])
{
    await Worker.WorkAsync(folder, new Uri(address), stateStore).ConfigureAwait(false);
    return 0;
}

if (args is ["compare", .. var comparison])
{
    await ComparisonCommand.RunAsync(comparison).ConfigureAwait(false);
    return 0;
}

IScenario[] scenarios =
[
    new NewFiles(
        "limit-40",
        ideal: 5,
        NewFiles.CreateVariants(""" "allowedConcurrency": 40"""),
        timeGoal: 1.15,
        shareGoal: 3,
        runs: 3
    ),
    new NewFiles(
        "limit-5",
        ideal: 40,
        [
            ("no header", """ "allowedConcurrency": 5"""),
            (
                "header counts rejected requests",
                """ "allowedConcurrency": 5, "concurrencyHeader": true, "concurrencyHeaderCounts": "atArrivalWithRejected" """
            ),
        ],
        timeGoal: 1.1,
        shareGoal: 3
    ),
    new NewFiles(
        "rate-50",
        ideal: 40,
        [("50 per second", """ "requestsPerSecond": 50""")],
        timeGoal: 1.2,
        shareGoal: 8
    ),
    new NewFiles(
        "rate-20",
        ideal: 100,
        [("20 per second", """ "requestsPerSecond": 20""")],
        timeGoal: 1.2,
        shareGoal: 8
    ),
    new NewFiles(
        "limit-100",
        ideal: 2,
        [("100 allowed, first run", """ "allowedConcurrency": 100""")],
        timeGoal: 1.35,
        shareGoal: 3,
        runs: 5
    ),
    new NewFiles(
        "again-100",
        ideal: 2,
        [("100 allowed, second run with other files", """ "allowedConcurrency": 100""")],
        timeGoal: 1.15,
        shareGoal: 3,
        runs: 5,
        isRepeated: true
    ),
    new ChangingLimit(),
    new SlowLine(),
    new Processes(8),
    new Processes(2),
    new SecondRun(),
    new SiteState(),
    new SiteTrust(),
    new Prune(),
    new RedisAgents(),
    new RedisKill(),
    new IdleBuild(),
    new LargeFiles(),
    new HostileSeeds(),
    new Scale(),
    new Solution(),
    new EmulatorUploads(),
    new EmulatorStart(),
    new EmulatorMemory(),
    new EmulatorLarge(),
    new EmulatorKill(),
];

var wanted = scenarios.Where(scenario => args.Length == 0 || args.Contains(scenario.Name)).ToList();
if (wanted.Count == 0)
{
    Console.Error.WriteLine(
        $"No such scenario. There are: {string.Join(", ", scenarios.Select(scenario => scenario.Name))}"
    );
    return 2;
}

var isReached = true;
foreach (var scenario in wanted)
{
    foreach (var figure in await scenario.RunAsync().ConfigureAwait(false))
    {
        isReached &= figure.IsReached;
        Console.WriteLine(
            $"{scenario.Name, -16} {figure.What, -64} {figure.Measured, 12} {figure.Goal, 14}  {(figure.IsReached ? "reached" : "NOT REACHED")}"
        );
    }
}

return isReached ? 0 : 1;
