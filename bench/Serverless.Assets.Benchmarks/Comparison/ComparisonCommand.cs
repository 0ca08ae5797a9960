using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Serverless.Assets.Benchmarks.Comparison.Contenders;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>
/// <c>compare [--rounds N] [--output FOLDER] [case …]</c>: measures the contenders, and writes tables and charts to the folder,
/// otherwise the tables to standard output.
/// </summary>
internal static class ComparisonCommand
{
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        var rounds = int.Parse(Find(arguments, "--rounds") ?? "3", CultureInfo.InvariantCulture);
        var output = Find(arguments, "--output");
        var cases = ComparedCase.All.Where(compared => arguments.Contains(compared.Name)).ToList();
        var scripts = Path.Combine(AppContext.BaseDirectory, "Node");
        await InstallToolkitAsync(scripts).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("serverless-assets-compare-");
        try
        {
            var package = new PackageFolder(folder.FullName);
            package.WriteFence(folder.FullName);
            await package.PackAsync().ConfigureAwait(false);
            var contenders = await CreateContendersAsync(package, scripts).ConfigureAwait(false);
            using var emulator = await EmulatorProcess.StartAsync().ConfigureAwait(false);
            using var comparison = new Comparison(contenders, cases.Count > 0 ? cases : ComparedCase.All, rounds);
            var results = await comparison.RunAsync(emulator, Console.Error.WriteLine).ConfigureAwait(false);
            await WriteAsync(results, contenders, rounds, output).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<IContender>> CreateContendersAsync(PackageFolder package, string scripts)
    {
        var assembly = typeof(ComparisonCommand).Assembly;
        var tool = assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "ToolAssembly")
            .Value!;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var node = $"5.7.0 on Node {await GetVersionAsync("node", "--version").ConfigureAwait(false)}";
        return
        [
            new ToolContender(tool, version),
            new PublishContender(package, $"SDK {await GetVersionAsync("dotnet", "--version").ConfigureAwait(false)}"),
            new ToolkitContender(scripts, node, isTuned: false),
            new ToolkitContender(scripts, node, isTuned: true),
        ];
    }

    private static async Task WriteAsync(
        IReadOnlyList<CaseResult> results,
        IReadOnlyList<IContender> contenders,
        int rounds,
        string? output
    )
    {
        var machine = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; {rounds} rounds"
        );
        var versions = contenders.Select(contender => $"* {contender.Name}: {contender.Version}");
        var text = $"{machine}\n\n{string.Join('\n', versions)}\n\n{ResultTable.Write(results)}";
        if (output is null)
        {
            Console.WriteLine(text);
            return;
        }

        Directory.CreateDirectory(output);
        await File.WriteAllTextAsync(Path.Combine(output, "results.md"), text).ConfigureAwait(false);
        foreach (var result in results)
        {
            var file = Path.Combine(output, $"benchmark-{result.Case.Name}.svg");
            await File.WriteAllTextAsync(file, BarChart.Draw(result)).ConfigureAwait(false);
        }
    }

    private static async Task InstallToolkitAsync(string scripts)
    {
        if (!Directory.Exists(Path.Combine(scripts, "node_modules")))
        {
            string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
            using var install = Process.Start(new ProcessStartInfo("npm", arguments) { WorkingDirectory = scripts })!;
            await install.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    private static async Task<string> GetVersionAsync(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        return string.Join(' ', output.Split('\n')[0].Split(' ').Take(2));
    }

    private static string? Find(IReadOnlyList<string> arguments, string name)
    {
        var index = arguments.ToList().IndexOf(name);
        return index >= 0 && index + 1 < arguments.Count ? arguments[index + 1] : null;
    }
}
