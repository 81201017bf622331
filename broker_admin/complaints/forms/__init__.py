"""What is asked of people who complain or report, of respondents and of officers."""
