using Serverless.Assets.Benchmarks;
using Serverless.Assets.Benchmarks.Scenarios;

// dotnet run -c Release --project bench/Serverless.Assets.Benchmarks [-- scenario …]: without a name, all of them.
IScenario[] scenarios =
[
    new NewFiles("new-40", allowed: 40, goal: 1.2, runsOfEach: 5),
    new NewFiles("new-5", allowed: 5, goal: 1.15, runsOfEach: 1),
    new SecondRun(),
    new IdleBuild(),
    new LargeFiles(),
    new HostileSeeds(),
    new Scale(),
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
            $"{scenario.Name, -10} {figure.What, -48} {figure.Measured, 12} {figure.Goal, 14}  {(figure.IsReached ? "reached" : "NOT REACHED")}"
        );
    }
}

return isReached ? 0 : 1;
