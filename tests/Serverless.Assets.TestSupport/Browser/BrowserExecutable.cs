namespace Serverless.Assets.TestSupport;

/// <summary>The Chromium or Chrome of this machine.</summary>
internal static class BrowserExecutable
{
    private static readonly string[] Names = OperatingSystem.IsWindows()
        ? ["chrome.exe", "msedge.exe"]
        : ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "Google Chrome", "Chromium"];

    /// <summary>
    /// The value of <c>CHROME_PATH</c>, or the first browser that is installed. Skips the test on a machine without one.
    /// </summary>
    public static string Get()
    {
        var executable = Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } named
            ? named
            : Names
                .SelectMany(name => Folders().Select(folder => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
        Assert.SkipWhen(executable is null, "Chromium or Chrome is not installed. Install it, or set CHROME_PATH.");
        return executable!;
    }

    private static IEnumerable<string> Folders()
    {
        foreach (var folder in ProgramPath.Folders)
        {
            yield return folder;
        }

        if (OperatingSystem.IsWindows())
        {
            foreach (
                var programs in (Environment.SpecialFolder[])
                    [
                        Environment.SpecialFolder.ProgramFiles,
                        Environment.SpecialFolder.ProgramFilesX86,
                        Environment.SpecialFolder.LocalApplicationData,
                    ]
            )
            {
                yield return Path.Combine(Environment.GetFolderPath(programs), @"Google\Chrome\Application");
                yield return Path.Combine(Environment.GetFolderPath(programs), @"Microsoft\Edge\Application");
            }
        }
        else if (OperatingSystem.IsMacOS())
        {
            yield return "/Applications/Google Chrome.app/Contents/MacOS";
            yield return "/Applications/Chromium.app/Contents/MacOS";
        }
    }
}
