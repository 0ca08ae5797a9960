using System.Diagnostics;
using System.Text;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Tests.Discovery;

/// <summary>Compares <c>.serverlessignore</c> with git itself.</summary>
public sealed class GitComparisonTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Generated_ignore_files_match_what_git_check_ignore_says(int seed)
    {
        const int Count = 500;
        var generated = new GeneratedIgnoreFiles(seed);
        string[] paths = [.. generated.Paths];
        var contents = Enumerable.Range(0, Count).Select(_ => generated.CreateIgnoreFile()).ToArray();

        var expected = await AskGitAsync(contents, paths);

        var differences = contents
            .SelectMany(
                (content, i) =>
                {
                    var ignoreFile = IgnoreFile.Parse(content);
                    return paths.Select(
                        (path, j) =>
                            (
                                IsSame: Ignores(ignoreFile, path) == expected[i][j],
                                Text: $"{Format(content)}: git says {expected[i][j]} of {path}"
                            )
                    );
                }
            )
            .Where(comparison => !comparison.IsSame)
            .Select(comparison => comparison.Text);
        Assert.Empty(differences);
        Assert.InRange(expected.Sum(ignored => ignored.Count(isIgnored => isIgnored)), Count, Count * paths.Length);
    }

    [Theory]
    [InlineData("[z-a].txt", "z.txt,a.txt,-.txt")]
    [InlineData("[a-].txt", "a.txt,-.txt,b.txt")]
    [InlineData("[]a].txt", "].txt,a.txt,b.txt")]
    [InlineData("[^]].txt", "].txt,a.txt")]
    [InlineData("[\\]].txt", "].txt,\\.txt")]
    [InlineData("[a\\-c].txt", "a.txt,b.txt,c.txt,-.txt")]
    [InlineData("[+--].txt", "+.txt,\\,.txt,-.txt")]
    [InlineData("[[:alpha:]-z].txt", "b.txt,-.txt,1.txt,z.txt")]
    [InlineData("[[:foo:]].txt", "f.txt,:].txt")]
    [InlineData("[[:alpha].txt", "[.txt,a.txt,:.txt,b.txt")]
    [InlineData("[!a-c]/x", "a/x,d/x")]
    [InlineData("a[/]b", "a/b")]
    [InlineData("a[!x]b", "a/b,acb")]
    [InlineData("/a**b", "ab,aab,a/b,a/x/b")]
    [InlineData("a**/b", "a/b,ax/b,ax/y/b")]
    [InlineData("x/**", "x/a,x/a/b,y/x/a")]
    [InlineData("x/**/b", "x/b,x/a/b,x/a/c/b,xb")]
    [InlineData("**/b", "b,a/b,a/c/b,ab")]
    [InlineData("**", "a,a/b")]
    [InlineData("//a", "a,b/a")]
    [InlineData("a//b", "a/b")]
    [InlineData("a\\ ", "a ,a")]
    [InlineData("a\\  ", "a ,a")]
    [InlineData("a\\\\ ", "a\\,a ")]
    [InlineData("a\\", "a,a\\")]
    [InlineData("a\t", "a,a\t")]
    [InlineData("\\#a\n\\!b", "#a,!b,\\#a")]
    [InlineData(" #a", " #a,#a")]
    [InlineData("caf?\nnaïv?", "café,cafe,naïve")]
    [InlineData("caf??", "café")]
    [InlineData("[é]", "é,e")]
    [InlineData("d/\n!d/a", "d/a,d/b")]
    [InlineData("d/*\n!d/a", "d/a,d/b")]
    [InlineData("a\r\nb\r\r\nc\r", "a,b,b\r,c,c\r")]
    [InlineData("!", "!,a")]
    [InlineData("!!a\n", "!a,a")]
    [InlineData("!\\!a\n", "!a")]
    [InlineData("[[:space:]]\n[[:blank:]]x", " ,\t, x,\u000bx,\u000b")]
    [InlineData("[[:cntrl:]]\n[[:punct:]]", "\u0001,\u007f,!,a,é")]
    public async Task Lines_that_are_easily_misread_match_what_git_check_ignore_says(string rules, string names)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow some of the names.");
        var content = Encoding.UTF8.GetBytes(rules);
        string[] paths =
        [
            .. names.Replace("\\,", "\0", StringComparison.Ordinal).Split(',').Select(name => name.Replace('\0', ',')),
        ];

        var expected = Assert.Single(await AskGitAsync([content], paths));

        var ignoreFile = IgnoreFile.Parse(content);
        Assert.Equal(
            paths.Select((path, i) => $"{path}: {expected[i]}"),
            paths.Select(path => $"{path}: {Ignores(ignoreFile, path)}")
        );
    }

    /// <summary>Whether the file, or a folder on its path, is ignored. A search does not enter such a folder.</summary>
    private static bool Ignores(IgnoreFile ignoreFile, string path)
    {
        var names = path.Split('/');
        return Enumerable
            .Range(1, names.Length)
            .Any(count => ignoreFile.Ignores(string.Join('/', names[..count]), isFolder: count < names.Length));
    }

    /// <summary>Asks git about all paths below a folder for each ignore file. The files need not exist.</summary>
    /// <returns>For each ignore file, whether each path is ignored.</returns>
    private async Task<IReadOnlyList<bool[]>> AskGitAsync(byte[][] contents, string[] paths)
    {
        await RunGitAsync("", "init", "--quiet");
        for (var i = 0; i < contents.Length; i++)
        {
            _temp.Write($"{i}/.gitignore", contents[i]);
        }

        var output = await RunGitAsync(
            string.Concat(Enumerable.Range(0, contents.Length).SelectMany(i => paths.Select(path => $"{i}/{path}\0"))),
            "check-ignore",
            "--no-index",
            "--verbose",
            "--non-matching",
            "--stdin",
            "-z"
        );

        // For each path: the ignore file, the line, the pattern and the path. The first three are empty if no line
        // matches.
        var patterns = output.Split('\0').Chunk(4).Where(fields => fields.Length == 4).Select(fields => fields[2]);
        return [.. patterns.Select(pattern => pattern is [not '!', ..]).Chunk(paths.Length)];
    }

    private async Task<string> RunGitAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "git",
            ["-c", "core.excludesFile=", "-c", "core.ignoreCase=false", .. arguments]
        )
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.Latin1,
        };
        Process? git = null;
        try
        {
            git = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("git is not installed.");
        }

        using (git)
        {
            var output = git!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await git.StandardInput.WriteAsync(input);
            git.StandardInput.Close();
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);
            return await output;
        }
    }

    private static string Format(byte[] content) =>
        Encoding.Latin1.GetString(content).Replace("\n", "\\n", StringComparison.Ordinal);
}
