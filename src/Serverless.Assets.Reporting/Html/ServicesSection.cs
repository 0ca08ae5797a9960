using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting.Html;

/// <summary>The outcome for each Service, and the address of its site.</summary>
internal static class ServicesSection
{
    public static Markup Render(RunResult result) =>
        result.Services.Count == 0
            ? Markup.None
            : (Markup)
                $"""
                    <section>
                    <h2>Services</h2>
                    <table>
                    <thead><tr><th>Service</th><th>Outcome</th></tr></thead>
                    <tbody>{Markup.Join(result.Services.Select(Row))}</tbody>
                    </table>
                    </section>
                    """;

    private static Markup Row(ServiceRun service)
    {
        var outcome = RunOutcome.From(service.Run);
        return $"""<tr><td><bdi>{service.Name}</bdi></td>"""
            + $"""<td><bdi>{Markup.FromMessage(outcome.Summary.ToString())}</bdi>{OutcomeSection.Link(outcome.Url)}</td></tr>""";
    }
}
