using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Creates multipart bodies, of which few are correct.</summary>
internal static class HostileMultipart
{
    public static string Create(Random random, string boundary)
    {
        var body = new StringBuilder(random.Next(10) == 0 ? HostileText.Create(random) : "");
        AddField("Path", random.Next(3) == 0 ? HostileText.Create(random) : $"/{random.Next()}.txt");
        AddField("Visibility", random.Next(5) == 0 ? HostileText.Create(random) : "public");
        switch (random.Next(10))
        {
            case 0:
                AddField("Path", "/again.txt");
                break;
            case 1:
                AddField(HostileText.Create(random), HostileText.Create(random));
                break;
            case 2:
                AddField("nested", Create(new Random(random.Next()), "inner"));
                break;
            case 3:
                AddPart($"{new string('H', random.Next(1, 40_000))}: x\r\n", "x");
                break;
            case 4:
                AddPart(string.Concat(Enumerable.Range(0, random.Next(40)).Select(i => $"X-{i}: x\r\n")), "x");
                break;
            case 5:
                AddField("charset", "\u00ff\u00fe\0a", "text/plain; charset=utf-16");
                break;
            case 6:
                AddField("text", new string('t', random.Next(20_000)));
                break;
        }

        if (random.Next(10) > 0)
        {
            var name = random.Next(3) == 0 ? HostileText.Create(random) : "file.txt";
            AddPart(
                $"Content-Disposition: form-data; name=\"Content\"; filename=\"{name}\"\r\n"
                    + $"Content-Type: {(random.Next(4) == 0 ? HostileText.Create(random) : "text/plain")}\r\n",
                new string('c', random.Next(40) == 0 ? random.Next(60_000, 80_000) : random.Next(100))
            );
        }

        return body.Append(
                random.Next(8) switch
                {
                    0 => "",
                    1 => $"--{boundary}",
                    2 => $"--{boundary}--",
                    3 => $"--{boundary}--\r\n{HostileText.Create(random)}",
                    _ => $"--{boundary}--\r\n",
                }
            )
            .ToString();

        void AddField(string name, string value, string? type = null) =>
            AddPart(
                $"Content-Disposition: form-data; name=\"{name}\"\r\n"
                    + (type is null ? "" : $"Content-Type: {type}\r\n"),
                value
            );

        void AddPart(string headers, string content) =>
            body.Append("--")
                .Append(boundary)
                .Append("\r\n")
                .Append(headers)
                .Append("\r\n")
                .Append(content)
                .Append("\r\n");
    }
}
