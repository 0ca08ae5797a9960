#:package Microsoft.CodeAnalysis.CSharp@5.0.0
#:property ManagePackageVersionsCentrally=false
#:property HasVersionFromTags=false
#:property PublishAot=false

// Measures how many faults the unit tests of the engine find. Stryker.NET changes random members of each folder, one fault
// at a time, and runs the tests that execute the changed code:
//
//     dotnet run build/tools/MutationTests.cs -- [--mutants 30] [--seed 1] [--concurrency 1] [FOLDER…]
//
// FOLDER is a folder of src/Serverless.Assets; the default is all of them. Works on a copy of the last commit in the
// temporary folder, and prints the path of the report. See CONTRIBUTING.md, "Mutation tests".

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

const string StrykerVersion = "5.1.0";
const string Engine = "src/Serverless.Assets";
const string Tests = "tests/Serverless.Assets.Tests";
const int CharactersPerMutant = 85; // Of the source of members, on average

var toolFolder = (string)AppContext.GetData("EntryPointFileDirectoryPath")!; // set by `dotnet run file.cs`
var repository = Path.GetFullPath(Path.Combine(toolFolder, "../.."));
var mutants = TakeNumber("--mutants", 30);
var seed = TakeNumber("--seed", 1);
var concurrency = TakeNumber("--concurrency", 1);
string[] folders = args is []
    ? [.. Directory.GetDirectories(Path.Combine(repository, Engine)).Select(path => Path.GetFileName(path)!)]
    : args;
folders = [.. folders.Except(["bin", "obj", "Diagnostics"]).Order(StringComparer.Ordinal)];

var copy = Path.Combine(Path.GetTempPath(), $"mutation-tests-{seed}");
if (Directory.Exists(copy))
{
    Directory.Delete(copy, recursive: true);
}

Run(repository, "git", "clone", "--quiet", "--no-tags", repository, copy);
Run(Path.Combine(copy, Tests), "dotnet", "new", "tool-manifest");
Run(Path.Combine(copy, Tests), "dotnet", "tool", "install", "dotnet-stryker", "--version", StrykerVersion);
var configuration = new Dictionary<string, object>
{
    ["test-runner"] = "mtp", // the one of VSTest does not work with xunit.v3
    ["project"] = "Serverless.Assets.csproj",
    ["mutate"] = folders.SelectMany(Sample).ToArray(),
    ["concurrency"] = concurrency,
    ["reporters"] = new[] { "json", "html", "progress" },
};
File.WriteAllText(
    Path.Combine(copy, Tests, "stryker-config.json"),
    JsonSerializer.Serialize(new Dictionary<string, object> { ["stryker-config"] = configuration })
);
Run(Path.Combine(copy, Tests), "dotnet", "stryker", "--skip-version-check", "--output", "StrykerOutput");
Report(Path.Combine(copy, Tests, "StrykerOutput/reports/mutation-report.json"));
return 0;

int TakeNumber(string name, int otherwise)
{
    var index = Array.IndexOf(args, name);
    if (index < 0)
    {
        return otherwise;
    }

    var value = int.Parse(args[index + 1], CultureInfo.InvariantCulture);
    args = [.. args[..index], .. args[(index + 2)..]];
    return value;
}

// Random members of a folder that contain about as many mutants as requested, as patterns of Stryker: FILE{START..END}.
// The arguments of ConfigureAwait are excluded: they make no difference in tests.
IEnumerable<string> Sample(string folder)
{
    var files = Directory
        .GetFiles(Path.Combine(copy, Engine, folder), "*.cs", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .ToDictionary(
            path => Path.GetRelativePath(Path.Combine(copy, Engine), path).Replace('\\', '/'),
            path => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes().ToList()
        );
    var members = files.SelectMany(file => file.Value.Where(IsMember).Select(node => (file.Key, node.Span))).ToArray();
    new Random(seed).Shuffle(members);
    var length = 0;
    return members
        .TakeWhile(member => (length += member.Span.Length) - member.Span.Length < mutants * CharactersPerMutant)
        .GroupBy(member => member.Key, member => member.Span)
        .SelectMany(file =>
            (string[])[Format(file.Key, file), Format($"!{file.Key}", ConfigureAwaits(files[file.Key]))]
        )
        .Where(pattern => pattern.EndsWith('}'));
}

static string Format(string file, IEnumerable<TextSpan> spans) =>
    file + string.Concat(spans.Select(span => $"{{{span.Start}..{span.End}}}"));

static bool IsMember(SyntaxNode node) =>
    node
        is MemberDeclarationSyntax
            and not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax or EnumMemberDeclarationSyntax);

static IEnumerable<TextSpan> ConfigureAwaits(IEnumerable<SyntaxNode> nodes) =>
    nodes
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" })
        .SelectMany(call => call.ArgumentList.Arguments.Select(argument => argument.Span));

static void Report(string path)
{
    using var report = JsonDocument.Parse(File.ReadAllBytes(path));
    var statuses = report
        .RootElement.GetProperty("files")
        .EnumerateObject()
        .SelectMany(file =>
            file.Value.GetProperty("mutants")
                .EnumerateArray()
                .Select(mutant => (Folder: FolderOf(file.Name), Status: mutant.GetProperty("status").GetString()!))
        )
        .Where(mutant => mutant.Status is "Killed" or "Timeout" or "Survived" or "NoCoverage")
        .ToList();
    Console.WriteLine("| folder | mutants | found | share |");
    Console.WriteLine("|---|--:|--:|--:|");
    foreach (
        var folder in statuses.GroupBy(mutant => mutant.Folder).OrderBy(group => group.Key, StringComparer.Ordinal)
    )
    {
        var all = folder.Count();
        var found = folder.Count(mutant => mutant.Status is "Killed" or "Timeout");
        Console.WriteLine(
            FormattableString.Invariant($"| {folder.Key} | {all} | {found} | {100.0 * found / all:0} % |")
        );
    }

    Console.WriteLine(path);
}

static string FolderOf(string file) =>
    file.Replace('\\', '/').Split($"{Engine}/")[^1] is var relative && relative.Contains('/')
        ? relative[..relative.IndexOf('/', StringComparison.Ordinal)]
        : "(root)";

static void Run(string folder, string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed ({process.ExitCode}).");
    }
}
