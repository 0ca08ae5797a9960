using System.Globalization;

namespace Serverless.Assets.TestSupport;

/// <summary>Cultures that differ from the invariant one in what programs read.</summary>
internal static class Cultures
{
    /// <summary>
    /// Years of another calendar (th, ar, fa), a decimal comma (de), another minus sign (sv, ar, fa), letters without
    /// the usual pairs of upper and lower case (tr).
    /// </summary>
    public static TheoryData<string> All => ["th-TH", "de-DE", "ar-SA", "fa-IR", "tr-TR", "sv-SE"];

    /// <summary>Runs code in a culture. Other tests are not affected.</summary>
    public static T Run<T>(string culture, Func<T> run)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            Use(culture);
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Sets the culture of the rest of the test, with everything that it calls and starts.</summary>
    public static void Use(string culture)
    {
        Assert.SkipWhen(
            CultureInfo.GetCultureInfo("th-TH").Calendar is not ThaiBuddhistCalendar,
            "This machine has no data of cultures (ICU)."
        );
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
    }
}
