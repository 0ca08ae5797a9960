using System.Globalization;
using System.Text.Json;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The parts that the JSON of several resources has in common.</summary>
internal static class ApiJson
{
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static void WriteLinks(
        this Utf8JsonWriter json,
        string url,
        params ReadOnlySpan<(string Name, string Segment)> links
    )
    {
        json.WriteStartObject("links");
        foreach (var (name, segment) in links)
        {
            json.WriteString(name, $"{url}/{segment}");
        }

        json.WriteEndObject();
    }

    /// <summary>One page of a list, with the addresses of the pages around it.</summary>
    /// <param name="key">The name of the array.</param>
    public static ApiAnswer List<T>(
        ApiCall call,
        string key,
        PageCursor cursor,
        Page<T> page,
        Action<Utf8JsonWriter, T> write
    ) =>
        ApiAnswer.Json(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray(key);
                foreach (var item in page.Items)
                {
                    write(json, item);
                }

                json.WriteEndArray();
                WriteMeta(json, call, key, cursor, page);
                json.WriteEndObject();
            }
        );

    private static void WriteMeta<T>(Utf8JsonWriter json, ApiCall call, string key, PageCursor cursor, Page<T> page)
    {
        var list = $"{call.Origin}{call.Request.Path}";
        json.WriteStartObject("meta");
        json.WriteString("first_page_url", PageAddress.First(list, cursor.Size));
        json.WriteString("key", key);
        json.WriteString(
            "next_page_url",
            page.HasNext ? PageAddress.Next(list, cursor.Size, cursor.Number, page.Last) : null
        );
        json.WriteNumber("page", cursor.Number);
        json.WriteNumber("page_size", cursor.Size);
        json.WriteString(
            "previous_page_url",
            page.HasPrevious ? PageAddress.Previous(list, cursor.Size, cursor.Number, page.First) : null
        );
        json.WriteString("url", $"{call.Origin}{call.Request.Path}{call.Request.QueryString}");
        json.WriteEndObject();
    }
}
