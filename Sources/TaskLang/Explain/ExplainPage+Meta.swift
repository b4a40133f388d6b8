extension ExplainPage {
  static let limitReached = ExplainPage(
    "the place from which on findings are only counted: there are more than 10,000",
    why: """
      No input can fill the memory with findings. Those behind this place count for the exit status
      and the summary, but are not shown.
      """,
    mend: "Mend what is shown; a file with so many findings has one mistake many times.",
    bad: ExplainExample(
      Array(
        String(
          repeating: "#DISBATCH repeat 1 ./simulate &> log_${DISBATCH_TASKID}\n",
          count: 10_001
        ).utf8
      ),
      shownAs: """
        #DISBATCH repeat 1 ./simulate &> log_${DISBATCH_TASKID}
        ... (10,001 such lines, each with DB116)
        """
    ),
    good: "#DISBATCH REPEAT 10001 ./simulate &> log_${DISBATCH_TASKID}"
  )
}
